import { type BootPlan, readBootPlans, readSystemFiles, type SystemFile } from "../config";

/** What the stack takes from `systems/guestbook`, as it was when the synthesis began. */
export interface GuestbookFiles {
  /** First boot of the machines that a Puppet server configures, and of that server. */
  readonly boot: Readonly<Record<"agent" | "server", BootPlan>>;
  /** The control repository: what the Puppet server deploys. */
  readonly control: readonly SystemFile[];
}

/** @param root folder of the project: where the program was started from */
export function guestbookFiles(root: string): GuestbookFiles {
  return {
    boot: readBootPlans(root, "systems/guestbook/boot/files.json", ["agent", "server"]),
    control: readSystemFiles(root, "systems/guestbook/puppet"),
  };
}
