import { join } from "node:path";
import { type Finished, run } from "../../support/process";
import { findTool } from "../../support/requirements";

export const root = join(__dirname, "../../..");

export interface PackerOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** Credentials of the emulator are enough: nothing may reach an account. */
  readonly seconds?: number;
  readonly arguments?: readonly string[];
}

/** Runs Packer on the template of a role, from the folder of the project. Without any credentials of the caller. */
export function packer(
  command: "build" | "validate" | "inspect",
  role: string,
  options: PackerOptions = {},
): Promise<Finished> {
  const { variables = {}, seconds = 540 } = options;
  const given = Object.entries(variables).flatMap(([name, value]) => ["-var", `${name}=${value}`]);
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(AWS_|PKR_VAR_|PACKER_)/.test(key)));
  const nowhere = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  return run(findTool("packer")!, [command, ...(options.arguments ?? []), ...given, join("packer", role)], {
    cwd: root,
    seconds,
    env: {
      ...{
        ...env,
        ...nowhere,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_EC2_METADATA_DISABLED: "true",
      },
      ...{ CHECKPOINT_DISABLE: "1", PACKER_NO_COLOR: "1" },
    },
  });
}

/** Runs the playbook of a role once more on a container, as Packer does; what it would report as changed. */
export function playbook(file: string, container: string, variables: object): Promise<Finished> {
  return run(
    "ansible-playbook",
    ["-i", `${container},`, "--connection", "docker", "--extra-vars", JSON.stringify(variables), join(root, file)],
    { cwd: root, env: { ...process.env, ANSIBLE_CONFIG: join(root, "packer/ansible.cfg"), ANSIBLE_NOCOLOR: "1" } },
  );
}
