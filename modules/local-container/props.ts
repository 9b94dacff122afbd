import type { ITerraformDependable } from "cdktf";
import type { LocalSecret } from "./secrets";

/** A program in the container that tells whether it does its work. */
export interface LocalHealth {
  /** As Docker writes it: `CMD` and words, or `CMD-SHELL` and a line for the image's shell. */
  readonly test: readonly string[];
  /** @default 5 */
  readonly intervalSeconds?: number;
  /** @default 5 */
  readonly timeoutSeconds?: number;
  /**
   * Bad answers in a row until it counts as unhealthy.
   * @default 12
   */
  readonly retries?: number;
  /**
   * Seconds after the start in which bad answers do not count.
   * @default 30
   */
  readonly startSeconds?: number;
  /**
   * Seconds after which Terraform gives up waiting, and with it whoever waits for this container.
   * @default 300
   */
  readonly patienceSeconds?: number;
}

/** The one way in from this machine. Nobody else's machine gets in. */
export interface LocalPort {
  readonly inside: number;
  /** Port of 127.0.0.1. */
  readonly outside: number;
}

export interface LocalContainerProps {
  /** Name on the engine, which has each name once. */
  readonly name: string;
  /** Name by which other containers of the network reach it. */
  readonly alias: string;
  readonly image: { readonly imageId: string };
  readonly network: { readonly name: string };
  readonly health: LocalHealth;
  /**
   * What runs instead of the image's own command.
   * @default - the image's
   */
  readonly command?: readonly string[];
  /**
   * Variables. No secrets: the engine shows them to everybody who may ask it, and the state has them.
   * @default - those of the image
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Secrets, by the path of the file in which the container finds them.
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, LocalSecret>>;
  /**
   * Volumes, by the folder of the container in which they are.
   * @default - none: what the container writes goes with it
   */
  readonly volumes?: Readonly<Record<string, { readonly name: string }>>;
  /**
   * Texts that are put into the container before it starts, by path. Everybody in it may read them.
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
  /** @default - nobody gets in but its neighbours in the network */
  readonly port?: LocalPort;
  /** Memory in MiB; a container that wants more is killed. */
  readonly memoryMib: number;
  /**
   * Whether nothing can be written but volumes and a /tmp in memory.
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Capabilities that are left of root's, in the kernel's names: all others are dropped.
   * @default - none
   */
  readonly capabilities?: readonly `CAP_${string}`[];
  /**
   * Seconds that it has to end in peace.
   * @default 30
   */
  readonly stopSeconds?: number;
  /**
   * Those that must be healthy before this one starts.
   * @default - none
   */
  readonly after?: readonly { readonly container: ITerraformDependable }[];
  /**
   * Labels, by which people and programs find what belongs together.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}
