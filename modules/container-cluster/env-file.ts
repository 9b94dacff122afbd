/**
 * Lines of `NAME=value` for an environment file.
 *
 * systemd strips quotes from a value, Docker and the ECS agent keep them as part of it, so there is no way to write a value
 * that needs any. Such a value is refused rather than read in two ways.
 */
export function envFile(values: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(values)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw new Error(`not a name for an environment file: ${JSON.stringify(name)}`);
    if (!/^[a-zA-Z0-9_.,:/@+-]*$/.test(value)) {
      throw new Error(
        `${name}: not a value that every reader of environment files agrees on: ${JSON.stringify(value)}`,
      );
    }
  }
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
