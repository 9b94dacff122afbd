import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { App } from "cdktf";
import type { Environment } from "../config";
import { GuestbookStack } from "../stacks/guestbook";
import { guestbookFiles } from "../stacks/guestbook-files";
import { devWith, writtenBy } from "./copies";
import { type Block, inThrowAwayApp, type Synthesized } from "./synthesize";

const root = join(__dirname, "../..");
const files = guestbookFiles(root);

export function guestbookOf(environment: Environment): Synthesized {
  return inThrowAwayApp((app) => build(app, environment));
}

/** The description of dev with other values, each at its path under `guestbook`. */
export const changed = (values: Readonly<Record<string, unknown>>) => devWith("guestbook", values);

/** The stack as it is written. */
export const writtenStack = (environment: Environment) => writtenBy((app) => build(app, environment));

/** What a launch template hands to cloud-init, with the values that only AWS knows still in it. */
export function userDataOf({ document }: Synthesized, template: Block): string {
  const local = (name: string): string => document.locals[name];
  const [, text] = /^\$\{base64encode\(local\.([\w-]+)\)\}$/.exec(template.user_data) ?? [];
  const plain = (written: string) => written.replace(/([$%])\1\{/g, "$1{");
  // Terraform's compressor and this one differ by some bytes; what comes out of them does not.
  const packed = (name: string) => gzipSync(plain(local(name)), { level: 9 }).toString("base64");
  return local(text!).replace(/\$\{base64gzip\(local\.([\w-]+)\)\}/g, (_, name: string) => packed(name));
}

function build(app: App, environment: Environment): GuestbookStack {
  return new GuestbookStack(app, `guestbook-${environment.name}`, environment, environment.guestbook!, files);
}
