import { join } from "node:path";
import type { Detail } from "./progress";
import type { Run } from "./run";

/** Runs Packer in the project's folder, once it has its plugins. */
export async function packer({ programs, root }: Run, args: readonly string[], onLine: Detail): Promise<void> {
  const env = { ANSIBLE_CONFIG: join(root, "packer/ansible.cfg"), CHECKPOINT_DISABLE: "1" };
  const call = (args: readonly string[]) => ({ program: "packer" as const, args, cwd: root, env, onLine });
  // Packer before 1.7 has the plugins inside, and knows no init.
  if ((await programs.ended(call(["init", "-help"]))).code === 0) {
    await programs.run(call(["init", "packer/plugins"]), "Packer fetches its plugins: look at the network");
  }
  await programs.run(
    call(args),
    "correct what it says, then run the same command again: nothing that is there is made twice",
  );
}
