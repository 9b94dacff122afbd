/** Programs that we start, and where each is to be had. */
const remedies = {
  terraform:
    "Terraform 1.11 or later: scripts/install/terraform.sh, or https://developer.hashicorp.com/terraform/install",
  docker: "Docker: scripts/install/docker.sh, or https://docs.docker.com/engine/install",
  packer: "Packer: scripts/install/packer.sh, or https://developer.hashicorp.com/packer/install",
  "ansible-playbook": "Ansible: scripts/install/ansible.sh",
  aws: "the AWS CLI: scripts/install/awscli.sh",
  git: "Git",
};
export type Program = keyof typeof remedies;

/** How a program ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that are not installed, all in one line. */
export class MissingPrograms extends Error {
  constructor(programs: readonly Program[]) {
    super(`not installed: ${programs.map((program) => `${program} (${remedies[program]})`).join("; ")}`);
  }

  report(): string {
    return `error: ${this.message}`;
  }
}

/** A program that ended badly: what it was asked, what it said last, what to do. */
export class ProgramFailed extends Error {
  constructor(
    private readonly call: { readonly program: Program; readonly args: readonly string[]; readonly cwd: string },
    private readonly ended: Ended,
    private readonly repair: string,
  ) {
    super(`${call.program} ${call.args[0] ?? ""} failed`);
  }

  report(): string {
    const { program, args, cwd } = this.call;
    const how = this.ended.code === null ? "was killed" : `ended with exit code ${this.ended.code}`;
    const said = lastWords(this.ended).map((line) => `  ${line}`);
    return [
      `error: ${program} ${how}`,
      ...said,
      `ran:    ${[program, ...args].join(" ")}`,
      `in:     ${cwd}`,
      `repair: ${this.repair}`,
    ].join("\n");
  }
}

/** Terraform prints its errors in a frame, and colours where it thinks of a terminal. */
function lastWords({ stdout, stderr }: Ended): string[] {
  const lines = (stderr.trim() || stdout.trim())
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    .replace(/\u001b\[[0-9;]*m/g, "")
    .split("\n")
    .map((line) => line.replace(/^[│╷╵]\s?/, "").trimEnd())
    .filter((line) => line !== "");
  return lines.slice(-20);
}
