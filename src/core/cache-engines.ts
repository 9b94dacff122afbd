interface EngineFacts {
  /** Versions to choose from: from 7 on, AWS wants major and minor. */
  readonly versions: readonly string[];
  /** What is taken where none is named. It stays: another one here would raise every cache at its next apply. */
  readonly usual: string;
  /**
   * Image that a container of the version runs. Where AWS has a version of its own, it is the public one with no command more.
   */
  readonly image: (version: string) => string;
  /** Its client, which is in the image. */
  readonly client: string;
}

/** Clients of Redis talk to both; Valkey is the free one, and AWS charges a fifth less for it. */
export const engines = {
  valkey: {
    versions: ["7.2", "8.0", "8.1", "8.2"],
    usual: "8.0",
    image: (version) => `docker.io/valkey/valkey:${version === "8.2" ? "8.1" : version}`,
    client: "valkey-cli",
  },
  redis: {
    versions: ["7.0", "7.1"],
    usual: "7.1",
    image: (version) => `docker.io/library/redis:${version === "7.1" ? "7.0" : version}`,
    client: "redis-cli",
  },
} as const satisfies Record<string, EngineFacts>;

export type CacheEngine = keyof typeof engines;

/** Family of parameter groups: one per major version. */
export const parameterFamily = (engine: CacheEngine, version: string) => `${engine}${version.split(".")[0]}`;

/** Node families of previous generations → what took their place. T1 and M1 have no failover at all. */
export const previousFamilies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ t1: "t4g", t2: "t4g", m1: "m7g", m2: "r7g", m3: "m7g", m4: "m7g", c1: "m7g", r3: "r7g", r4: "r7g" },
  }),
);

/** What speaks against a node type of ElastiCache, in the words of an error message. */
export function nodeTypeFault(nodeType: string): { readonly want: string; readonly fix: string } | undefined {
  const [, family] = /^cache\.([a-z][a-z0-9]*)\.(micro|small|medium|large|\d*xlarge)$/.exec(nodeType) ?? [];
  const successor = previousFamilies.get(family ?? "");
  if (family && !successor && family !== "r6gd") return undefined;
  const fix = successor
    ? `${family} is a previous generation: take cache.${successor}`
    : "ElastiCache has types of its own, which begin with cache.; r6gd keeps data on disks";
  return { want: "a current type such as cache.t4g.small", fix };
}
