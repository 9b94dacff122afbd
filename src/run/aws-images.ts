import { asBlock, blocks } from "../core/terraform-json";
import { packer } from "./packer";
import type { Program } from "./program-failures";
import { CannotRun, type Run, type Stack } from "./run";

/** An image of ours that stacks start, and the template that makes it. */
export interface NeededImage {
  readonly role: string;
  readonly kind: "machine" | "container";
  /** Exact name of the AMI, or role and tag of the container image. */
  readonly name: string;
  /** Folder of the template, from the project's root. */
  readonly template: string;
  /** Text of the template. */
  readonly text: string;
}

/** Programs that making these images may take. */
export function programsFor(images: readonly NeededImage[]): Program[] {
  if (images.length === 0) return [];
  const ansible: Program[] = images.some(({ text }) => text.includes('provisioner "ansible"'))
    ? ["ansible-playbook"]
    : [];
  const docker: Program[] = images.some(({ kind }) => kind === "container") ? ["docker"] : [];
  return ["aws", "packer", "git", ...ansible, ...docker];
}

/** The region of the AWS provider that a stack uses. */
export const regionOf = ({ document }: Stack) =>
  String(blocks(asBlock(asBlock(document).provider).aws)[0]?.region ?? "");

/** Makes the machine image in the region, unless an image of ours has the name. */
export async function bake(run: Run, image: NeededImage, region: string): Promise<void> {
  await run.progress.step(`machine image ${image.name}`, async (detail) => {
    const query = ["--owners", "self", "--filters", `Name=name,Values=${image.name}`, "--query", "Images[].ImageId"];
    const found = await run.programs.run(
      aws(run, ["ec2", "describe-images", "--region", region, ...query, "--output", "text"]),
      "give AWS credentials that may look for images: AWS_PROFILE, or the keys",
    );
    if (found.trim() !== "" && found.trim() !== "None") return "there already";
    admitPacker(run, image);
    await packer(run, ["build", `-var=region=${region}`, ...(await variables(run, image)), image.template], detail);
    return "baked";
  });
}

/** Makes the container image and pushes it, unless the registry has it: it refuses a second image under a tag that it has. */
export async function push(run: Run, image: NeededImage, registry: string): Promise<void> {
  const version = image.name.split(":").at(-1)!;
  await run.progress.step(`image ${image.name}`, async (detail) => {
    const [host = "", ...repository] = registry.split("/");
    const region = host.split(".")[3] ?? "";
    const look = ["--region", region, "--repository-name", repository.join("/"), "--image-ids", `imageTag=${version}`];
    const call = aws(run, ["ecr", "describe-images", ...look]);
    const { code, stderr } = await run.programs.ended(call);
    if (code === 0) return "there already";
    if (!stderr.includes("ImageNotFoundException")) {
      throw new CannotRun(
        `the registry ${registry} cannot be asked for ${version}: ${stderr.trim() || `aws ended with ${code}`}`,
      );
    }
    const only = ["-only=*.docker.*", `-var=registry=${registry}`];
    await packer(run, ["build", ...only, ...(await variables(run, image)), image.template], detail);
    return "built and pushed";
  });
}

/** Nobody may reach a build machine by default: Packer would wait for minutes, in vain. */
function admitPacker({ env }: Run, { name }: NeededImage): void {
  if (env.PKR_VAR_ssh_source_cidrs || env.PKR_VAR_session_manager_profile) return;
  throw new CannotRun(
    `${name} has to be baked, and nobody may reach the build machine; export ` +
      `PKR_VAR_ssh_source_cidrs='["<your address>/32"]', or PKR_VAR_session_manager_profile=<instance profile>`,
  );
}

async function variables(run: Run, { text }: NeededImage): Promise<string[]> {
  const git = (args: string[]) => run.programs.ended({ program: "git", args, cwd: run.root });
  const commit = await git(["rev-parse", "HEAD"]);
  const origin = text.includes('variable "repository_url"') && !run.env.PKR_VAR_repository_url;
  const url = origin ? await git(["remote", "get-url", "origin"]) : undefined;
  return [
    ...(commit.code === 0 ? [`-var=commit=${commit.stdout.trim()}`] : []),
    ...(url?.code === 0 ? [`-var=repository_url=${url.stdout.trim()}`] : []),
  ];
}

const aws = ({ root }: Run, args: string[]) => ({
  program: "aws" as const,
  args,
  cwd: root,
  // Otherwise it shows a long answer page by page, and waits.
  env: { AWS_PAGER: "" },
});
