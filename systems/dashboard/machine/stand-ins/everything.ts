/** A node of a swarm. */
export interface Node {
  readonly id: string;
  readonly machine: string;
  role: "manager" | "worker";
  availability: "active" | "drain";
  /** Seconds since it joined. */
  age: number;
}

export interface DockerSecret {
  readonly ID: string;
  readonly CreatedAt: string;
  readonly Spec: { readonly Name: string };
  readonly text: string;
}

export interface Swarm {
  nodes: Node[];
  readonly token: string;
  secrets: DockerSecret[];
}

/** What the engine of a machine knows of itself. */
export interface Engine {
  state: "inactive" | "active" | "pending";
  swarm: string;
  node: string;
  /** How many tasks of services run on it. */
  tasks: number;
}

export interface Instance {
  readonly address: string;
  state: "running" | "stopped" | "terminated";
  tags: Record<string, string>;
  /** The hook at which Auto Scaling waits with it. */
  waitsFor: "" | "join-swarm" | "leave-swarm";
  engine: Engine;
}

/** A secret of Secrets Manager: its versions by the token under which they were written. */
export interface StoredSecret {
  versions: Record<string, string>;
  current?: string;
}

/** All that exists for the machines of a test. */
export interface Everything {
  readonly machines: Record<string, Instance>;
  readonly swarms: Record<string, Swarm>;
  readonly secrets: { join: StoredSecret; database: StoredSecret };
  /** Docker secrets that a service uses. */
  inUse: readonly string[];
  /** AWS cannot be reached. */
  awsDown: boolean;
  /** The engine goes on in the background with an attempt to join that failed. */
  lingering: boolean;
}

/** What a command is answered when it fails. */
export class Refused extends Error {}

let ids = 0;
export const newId = (kind: string) => `${kind}${(++ids).toString().padStart(8, "0")}`;
