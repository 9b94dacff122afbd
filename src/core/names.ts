import { createHash } from "node:crypto";

/**
 * Longest name that AWS accepts, in characters, per kind of resource. The provider checks only some of them before apply.
 */
export const nameLimits = {
  loadBalancer: 32,
  targetGroup: 32,
  role: 64,
  eventRule: 64,
  database: 63,
  alarm: 255,
  dashboard: 255,
  autoScalingGroup: 255,
  launchTemplate: 128,
  capacityProvider: 255,
  cluster: 255,
  repository: 256,
  backupVault: 50,
  logGroup: 512,
  /** Of 512, what Terraform leaves when it adds a suffix of its own. */
  secretPrefix: 486,
  /** Of 255, likewise. */
  keyPrefix: 228,
} as const;

/** First `length` hexadecimal digits of the SHA-256 of the parts. Parts are kept apart: ("a", "b") differs from ("ab"). */
export function shortHash(parts: readonly unknown[], length = 8): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, length);
}

/**
 * Joins words to a physical name of at most `limit` characters: lower case, digits and single dashes.
 * A name that does not fit is cut and ends in a hash of the whole, so that two long names never meet.
 *
 * @example physicalName(["wordpress", "dev", "public"], 32) // "wordpress-dev-public"
 */
export function physicalName(words: readonly string[], limit: number): string {
  const whole = words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return whole.length <= limit ? whole : shorten(whole, shortHash(words), limit);
}

/**
 * The same, always ending in a hash of `generation`: everything whose change makes AWS replace the resource. The successor
 * then has a name of its own and can be created before its predecessor is destroyed.
 */
export function generationName(words: readonly string[], generation: readonly unknown[], limit: number): string {
  return shorten(physicalName(words, nameLimits.logGroup), shortHash([words, generation], 6), limit);
}

function shorten(name: string, hash: string, limit: number): string {
  return `${name.slice(0, limit - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
