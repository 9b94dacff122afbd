const secretWord = /(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRETS?|TOKEN|APIKEY|CREDENTIALS?|SALT)(_|$)/;
const secretKey = /(^|_)(API|AUTH|ACCESS|ENCRYPTION|LOGGED_IN|MASTER|NONCE|PRIVATE|SECRET|SIGNING)_KEY$/;
/** Last words of names that speak about a secret without being one: `DB_PASSWORD_FILE`, `TOKEN_TTL`. */
const about =
  /_(ALGORITHM|ARN|COUNT|DAYS|ENABLED|ENDPOINT|EXPIRY|FIELD|FILE|HEADER|ID|ISSUER|LENGTH|LIMIT|MAX|MIN|MINUTES|NAME|PATH|POLICY|PREFIX|REGION|SECONDS|TTL|TYPE|URI|URL|VERSION)$/;
const choice = /^(|true|false|yes|no|on|off|0|1)$/i;

const secretValues = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, // AWS access key
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/, // JSON web token
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i, // address with a password
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\b[sr]k_live_[A-Za-z0-9]{10,}/,
];

/** Whether an environment variable seems to hold a secret, by its name or by its value. */
export function looksSecret(name: string, value: string): "name" | "value" | undefined {
  const upper = name.toUpperCase();
  const named = (secretWord.test(upper) || secretKey.test(upper)) && !about.test(upper) && !/^(OLD)?PWD$/.test(upper);
  if (named && !choice.test(value)) return "name";
  return secretValues.some((shape) => shape.test(value)) || random(value) ? "value" : undefined;
}

/** Long, of one piece, in small and capital letters and digits, and with hardly a character more frequent than others. */
function random(text: string): boolean {
  if (!/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/=_-]{32,}$/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
  return bits > 4.2;
}
