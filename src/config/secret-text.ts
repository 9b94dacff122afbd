/** Words in the name of a variable or key whose value opens something. */
const word = /(PASS(WORD|WD|PHRASE)?|PWD|SECRETS?|TOKEN|APIKEY|CREDENTIALS?|SALT)(_|$)/;
const key = /(^|_)(API|AUTH|ACCESS|ENCRYPTION|LOGGED_IN|MASTER|NONCE|PRIVATE|SECRET|SIGNING)_KEY$/;
/** Last words of names that speak about a secret without being one: `DB_PASSWORD_FILE`, `TOKEN_TTL`. */
const about =
  /_(ALGORITHM|ARN|COUNT|DAYS|ENABLED|ENDPOINT|EXPIRY|FIELD|FILE|HEADER|ID|ISSUER|LENGTH|LIMIT|MAX|MIN|MINUTES|NAME|PATH|POLICY|PREFIX|REGION|SECONDS|TTL|TYPE|URI|URL|VERSION)$/;

/** Forms in which credentials are handed out. */
const forms: readonly RegExp[] = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS access key
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\./, // JSON web token
  /[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@]+@/i, // address with a password
  /\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[rs]k_live_)[\w-]{8,}/,
];

/** Whether a name, `masterPassword` or `DB_PASSWORD`, promises a secret. */
export function namesSecret(name: string): boolean {
  const upper = name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
  return (word.test(upper) || key.test(upper)) && !about.test(upper) && !/^(OLD)?PWD$/.test(upper);
}

/** Whether a value only switches something on or off: no secret, whatever its name. */
export function isSwitch(text: string): boolean {
  return /^(|true|false|yes|no|on|off|0|1)$/i.test(text);
}

/** Whether text is a credential by its form. */
export function isCredential(text: string): boolean {
  return forms.some((form) => form.test(text));
}

/** Whether text looks as if a machine had drawn its characters at random. */
export function looksRandom(text: string): boolean {
  if (!/^[\x21-\x7e]{24,}$/.test(text) || /^(\/|arn:|sha\d+:)|:\/\//.test(text)) return false;
  return [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text)) && bitsPerCharacter(text) > 4;
}

/** Shannon's entropy: below 4 for words and hexadecimal digits, above for random letters and digits. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
