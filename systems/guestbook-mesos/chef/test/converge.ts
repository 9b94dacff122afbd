import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Requirement } from "../../../../e2e/support/requirements";

/** A program of Debian as a requirement of tests. */
export const findProgram = (name: string, debianPackage: string): Requirement =>
  existsSync(`/usr/bin/${name}`)
    ? { name }
    : { name, missing: `install it (Debian: apt-get install ${debianPackage})` };

/** Ruby, which evaluates recipes and templates in tests. */
export const ruby = findProgram("ruby", "ruby");

/** What user data writes for a machine: see `systems/guestbook-mesos/boot`. */
export interface NodeSettings {
  readonly region: string;
  readonly cluster: string;
  readonly environment: string;
  readonly role: string;
  readonly runList: readonly string[];
  readonly zone: string;
  readonly domain: string;
  /** @default - the machine's id */
  readonly hostname?: string;
  readonly dataVolume?: string;
  readonly dataMount?: string;
  readonly attributes: { readonly guestbook_mesos: Record<string, unknown> };
}

/** A machine of a small cluster, to be refined by a test. */
export function nodeSettings(role: string, attributes: Record<string, unknown>, more: Partial<NodeSettings> = {}) {
  return {
    region: "eu-west-1",
    cluster: "guestbook-mesos-dev",
    environment: "dev",
    role,
    runList: ["role[base]", `role[${role.replaceAll("-", "_")}]`],
    zone: "eu-west-1a",
    domain: "guestbook-mesos-dev.internal",
    attributes: { guestbook_mesos: attributes },
    ...more,
  } satisfies NodeSettings;
}

export interface Step {
  /** Such as `template[/etc/hosts]`. */
  readonly resource: string;
  readonly recipe: string;
  readonly action: string;
  readonly updated: boolean;
  /** The guard that kept it from being done. */
  readonly passed?: string;
  /** The resource whose change set it off. */
  readonly because?: string;
  /** Empty where the resource is sensitive. */
  readonly properties: Record<string, unknown>;
}

export interface Converged {
  readonly roles: readonly string[];
  readonly recipes: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: as the recipes left them
  readonly attributes: any;
  /** One per converge. */
  readonly runs: readonly {
    readonly steps: readonly Step[];
    readonly updated: readonly string[];
    readonly units: Record<string, { readonly enabled: boolean; readonly active: boolean; readonly masked: boolean }>;
  }[];
  /** By path on the machine. Links have `to`, all others the rest. */
  readonly files: Record<string, { text: string; mode: string; owner: string; group: string; to?: string }>;
}

export interface Convergence {
  /** How often. @default 2 */
  readonly times?: number;
  /** Id of the machine. @default "i-0123456789abcdef0" */
  readonly id?: string;
  /** Its private address. @default "10.220.64.11" */
  readonly address?: string;
  /**
   * Answers of guards by command, or by `resource[name]`: a list has one per converge.
   * @default - none: a command that a guard asks is refused
   */
  readonly guards?: Record<string, boolean | readonly boolean[]>;
  /** Folder that stands for the machine's `/`. @default - one that is gone afterwards */
  readonly root?: string;
  /** Folder with cookbooks, roles and environments. @default - that of the system */
  readonly repository?: string;
}

/** What `cinc-client -j` gets: the run list, and the attributes with what the machine knows of itself. */
export function firstBoot(node: NodeSettings, id: string, address: string): Record<string, unknown> {
  const { cluster, domain, environment, region, role, zone, dataMount, hostname = id } = node;
  const own = { id, address, hostname, domain, role, zone, region, cluster, environment, data: dataMount ?? null };
  return { run_list: node.runList, guestbook_mesos: { ...node.attributes.guestbook_mesos, node: own } };
}

/**
 * Converges a machine, twice unless told otherwise, with the recipes of the repository as they are.
 *
 * @throws Error with what a recipe got wrong
 */
export function converge(node: NodeSettings, options: Convergence = {}): Converged {
  const { times = 2, id = "i-0123456789abcdef0", address = "10.220.64.11", guards = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "slipway-converge-"));
  try {
    const write = (name: string, content: unknown) => {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(content));
      return path;
    };
    const root = options.root ?? mkdtempSync(join(folder, "root-"));
    const args = ["--json", write("first-boot.json", firstBoot(node, id, address)), "--environment", node.environment];
    args.push("--root", root, "--times", String(times), "--guards", write("guards.json", guards));
    if (options.repository) args.push("--repository", options.repository);
    const done = spawnSync("ruby", [join(__dirname, "converge.rb"), ...args], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (done.status !== 0) throw new Error(done.stderr || done.stdout);
    return JSON.parse(done.stdout) as Converged;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
