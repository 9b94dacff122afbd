import { decodeBase64 } from "./base64";

/** Forms in which credentials are handed out. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ["an AWS access key id", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ["a JSON web token", /\beyJ[\w-]{8,2000}\.[\w-]{8,}\./],
  // Quotes, brackets and backslashes are in no address: they end it, also in JSON that is looked at unparsed. Where a
  // variable stands for the password, there is none.
  [
    "a URL with a password",
    /[A-Za-z0-9+.-]:\/\/[^\s:/@"'<>\\]*:(?!(?:\$+\{[^{}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{[^{}]*\}\}|\*+)@)[^\s/@"'<>\\]+@/,
  ],
  ["a GitHub token", /\b(?:gh[pousr]_|github_pat_)[\w-]{8,}/],
  ["a GitLab token", /\bglpat-[\w-]{8,}/],
  ["a Slack token", /\bxox[abeprs]-[\w-]{8,}/],
  ["a Stripe key", /\b[rs]k_live_[\w-]{8,}/],
  ["a Google API key", /\bAIza[\w-]{35}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
];

/** Something that every form contains: most texts are dismissed by this one look. */
const suspicious = /AKIA|ASIA|PRIVATE KEY|eyJ|:\/\/|gh[pousr]_|github_pat|glpat-|xox|k_live_|AIza|npm_/;

/** What kind of credential stands in a text, in words. The credential itself is never handed on. */
export function secretIn(text: string): string | undefined {
  return suspicious.test(text) ? forms.find(([, form]) => form.test(text))?.[0] : undefined;
}

/** The same, also where the text is Base64, zipped or not, and in Base64 inside of that: cloud-init carries files so. */
export function secretWithin(text: string): string | undefined {
  return secretIn(text) ?? secretBehind(text, 0);
}

function secretBehind(text: string, depth: number): string | undefined {
  if (depth > 3 || text.length < 24 || (depth === 0 && /[\s{}:.]/.test(text.slice(0, 64)))) return undefined;
  for (const [candidate] of depth === 0 ? [[text]] : text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) {
    const decoded = decodeBase64(candidate!);
    const kind = decoded && (secretIn(decoded) ?? secretBehind(decoded, depth + 1));
    if (kind) return kind.includes("Base64") ? kind : `${kind}, in Base64`;
  }
  return undefined;
}

const word = /(PASS(WORD|WD|PHRASE)?|PWD|SECRETS?|TOKEN|CREDENTIALS?|SALT)(_|$)/;
const key = /(API|AUTH|ACCESS|ENCRYPTION|LOGGED_?IN|MASTER|NONCE|PRIVATE|SECRET|SIGNING)_?KEY$/;
/** Last words of names that speak about a secret without being one: `DB_PASSWORD_FILE`, `TOKEN_TTL`. */
const about =
  /_(ALGORITHM|ARN|BALANCER|COUNT|DAYS|ENABLED|ENDPOINT|EXPIRY|FIELD|FILE|HEADER|ID|ISSUER|LENGTH|LIMIT|MAX|MIN|MINUTES|NAME|PATH|POLICY|PREFIX|REGION|SECONDS|TTL|TYPE|URI|URL|VERSION)$/;

const judged = new Map<string, boolean>();

/**
 * Whether a name promises a secret: `masterPassword`, `DB_PASSWORD`, `/shop/dev/api-token`, of which the last part counts.
 * Names of where one is found (`…_FILE`, `…_ARN`) do not.
 */
export function namesSecret(name: string): boolean {
  // A document has thousands of arguments and few names for them.
  let answer = judged.get(name);
  if (answer === undefined) {
    answer = promises(name);
    if (judged.size < 10_000) judged.set(name, answer);
  }
  return answer;
}

function promises(name: string): boolean {
  const plain = name
    .slice(name.lastIndexOf("/") + 1)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/_WO$/, ""); // how Terraform ends the names of write-only arguments
  return (word.test(plain) || key.test(plain)) && !about.test(plain) && !/^(OLD)?PWD$/.test(plain);
}

/** Whether a value only switches something on or off: no secret, whatever its name. */
export function isSwitch(text: string): boolean {
  return /^(|true|false|yes|no|on|off|0|1)$/i.test(text);
}

/** Whether text looks as if a machine had drawn its characters at random, whatever its name. */
export function looksRandom(text: string): boolean {
  if (!/^[\x21-\x7e]{24,}$/.test(text) || /^(\/|arn:|sha\d+:)|:\/\//.test(text)) return false;
  return [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text)) && bitsPerCharacter(text) > 4;
}

/** Whether the value under a secret's name is one: text written out, not a reference, a path, an address or an ARN. */
export function looksWrittenOut(text: string): boolean {
  return text.length >= 8 && !/[\s$]|^(?:arn:|\/|https?:|\d+$)/.test(text) && bitsPerCharacter(text) >= 3;
}

/** Shannon's entropy: below 4 for words and hexadecimal digits, above for random letters and digits. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
