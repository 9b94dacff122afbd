import { join } from "node:path";
import type { App } from "cdktf";
import type { Environment } from "../config";
import { GuestbookMesosStack } from "../stacks/guestbook-mesos";
import { guestbookMesosFiles } from "../stacks/guestbook-mesos-files";
import { devWith, writtenBy } from "./copies";
import { inThrowAwayApp, type Synthesized } from "./synthesize";

const files = guestbookMesosFiles(join(__dirname, "../.."));

export function guestbookMesosOf(environment: Environment): Synthesized {
  return inThrowAwayApp((app) => build(app, environment));
}

/** The description of dev with other values, each at its path under `guestbookMesos`. */
export const changedMesos = (values: Readonly<Record<string, unknown>>) => devWith("guestbookMesos", values);

/** The stack as it is written. */
export const writtenMesos = (environment: Environment) => writtenBy((app) => build(app, environment));

function build(app: App, environment: Environment): GuestbookMesosStack {
  const id = `guestbook-mesos-${environment.name}`;
  return new GuestbookMesosStack(app, id, environment, environment.guestbookMesos!, files);
}
