/** Shapes that only secrets have. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ["an AWS access key id", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/],
  ["a JSON web token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'<>]*:(?![${<*])[^\s/:@"'<>]+@/i],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/],
  ["a GitLab token", /\bglpat-[\w-]{20}/],
  ["a Slack token", /\bxox[abeprs]-[\w-]{10,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["a Google API key", /\bAIza[\w-]{35}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
];

/** Something that every shape contains: most texts are dismissed by this one look. */
const suspicious = /AKIA|ASIA|PRIVATE KEY|eyJ|:\/\/|gh[pousr]_|github_pat|glpat-|xox|k_live_|AIza|npm_/;

/** What kind of secret a text contains, in words. The secret itself is never handed on. */
export function secretIn(text: string): string | undefined {
  return suspicious.test(text) ? shapes.find(([, shape]) => shape.test(text))?.[0] : undefined;
}

const secretName =
  /(?:^|[_.-]|(?<=[a-z0-9])(?=[A-Z]))(?:pass(?:word|wd|phrase)?|secret|token|api_?key|private_?key|access_?key|secret_?key|auth_?key|encryption_?key|credentials?|salt)(?:_wo)?$/i;

const judged = new Map<string, boolean>();

/** Whether a name announces a secret: `DB_PASSWORD`, `apiKey`. Where one can be found (`…_FILE`, `…_ARN`) is none. */
export function isSecretName(name: string): boolean {
  // A document has thousands of arguments and few names for them.
  let answer = judged.get(name);
  if (answer === undefined) {
    answer = secretName.test(name);
    if (judged.size < 10_000) judged.set(name, answer);
  }
  return answer;
}

/** Whether the value under a secret's name is one: random text written out, not a reference, a path or an ARN. */
export function isRandomText(value: string): boolean {
  return value.length >= 8 && !/[\s$]|^(?:arn:|\/|https?:|\d+$)/.test(value) && entropyOf(value) >= 3;
}

/** Bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Names of secrets that a script or an environment file sets to a value written out. */
export function assignedSecrets(script: string): string[] {
  const assignment = /^\s*(?:export\s+|-\s+)?([A-Za-z_][\w-]*)\s*[=:]\s*(["']?)([^\s"'$`<][^"'$`\n]*)\2\s*$/gm;
  return [...script.matchAll(assignment)]
    .filter(([, name, , value]) => isSecretName(name!) && value!.trim().length >= 4 && !/^(?:arn:|\/)/.test(value!))
    .map(([, name]) => name!);
}
