import { join } from "node:path";
import { Engine } from "./engine";
import { untilHealthy, untilItAnswers } from "./health";
import { type LocalStack, type OwnImage, readLocalStack } from "./local-stack";
import { CannotRun, type Run, type Stack, type Started, terraformOf } from "./run";
import { lacking, removeSecrets, writeSecrets } from "./secrets";

export interface LaunchOptions {
  /** Makes images again that are there. */
  readonly rebuild: boolean;
  /** The command that takes the system down, for what we say about it. */
  readonly takeDown: string;
}

/** Starts the containers of a stack on the local engine, from images to health. What runs already stays as it is. */
export async function launchOnDocker(run: Run, stack: Stack, { rebuild, takeDown }: LaunchOptions): Promise<Started> {
  const local = readLocalStack(stack.document);
  run.programs.require(["terraform", "docker"]);
  const engine = new Engine(run);
  await engine.check();
  const unmade: OwnImage[] = [];
  for (const image of local.ownImages) if (rebuild || !(await engine.has(image.name))) unmade.push(image);
  if (unmade.some(({ recipe }) => recipe.by === "packer")) run.programs.require(["packer", "ansible-playbook", "git"]);
  for (const image of unmade) {
    await run.progress.step(`image ${image.name}`, (detail) => engine.build(image, detail));
  }
  const terraform = await terraformFor(run, stack, engine);
  await run.progress.step(`terraform init ${stack.name}`, (detail) => terraform.init(detail));
  await makeSecrets(run, stack, local, async () => {
    const volumes = await engine.volumesOf(local.volumes);
    const known = (await terraform.addresses()).some((address) => address.startsWith("docker_volume."));
    return { volumes, removal: known ? `${takeDown} --data` : removalOf(local, volumes) };
  });
  const logs = `docker logs tells more: ${local.containers.map(({ name }) => name).join(", ")}`;
  await run.progress.step(`terraform apply ${stack.name}`, (detail) => terraform.apply(detail, logs));
  const { url } = await terraform.outputs();
  await run.progress.step("healthy", (detail) => untilHealthy(run, engine, local.containers, detail));
  if (typeof url === "string") await run.progress.step(`${url} answers`, () => untilItAnswers(run, url));
  return {
    ...(typeof url === "string" && { url }),
    what: local.containers.map(({ name, service }) => `${service}: container ${name}`),
    notes: [],
  };
}

export interface TakeDownOptions {
  /** Takes the volumes too, and the secrets that they know. */
  readonly data: boolean;
}

/** Ends the containers of a stack. @returns what has gone */
export async function takeDownOnDocker(run: Run, stack: Stack, { data }: TakeDownOptions): Promise<readonly string[]> {
  run.programs.require(["terraform", "docker"]);
  const engine = new Engine(run);
  await engine.check();
  const terraform = await terraformFor(run, stack, engine);
  await run.progress.step(`terraform init ${stack.name}`, (detail) => terraform.init(detail));
  const there = await terraform.addresses();
  const going = data ? there : there.filter((address) => !keepsData(address));
  if (going.length > 0) {
    await run.progress.step(`terraform destroy ${stack.name}`, (detail) =>
      terraform.destroy(detail, data ? [] : going),
    );
  }
  if (data) removeSecrets(secretsFolder(run, stack));
  return going;
}

/** An image stays on the engine either way; its resource is only the name by which containers know it. */
const keepsData = (address: string) => !/^docker_(container|network|image)\./.test(address);

const secretsFolder = ({ root }: Run, { name }: Stack) => join(root, ".secrets", name);

async function terraformFor(run: Run, stack: Stack, engine: Engine) {
  const hasSecrets = Object.keys(readLocalStack(stack.document).secrets).length > 0;
  return terraformOf(run, stack, {
    ...(await engine.forTerraform()),
    ...(hasSecrets && { TF_VAR_secrets_folder: secretsFolder(run, stack) }),
  });
}

/** Where the state is gone too, Terraform takes down nothing: only the engine knows what is there. */
const removalOf = ({ containers }: LocalStack, volumes: readonly string[]) =>
  `docker rm --force ${containers.map(({ name }) => name).join(" ")}; docker volume rm ${volumes.join(" ")}`;

/** @param kept volumes that know secrets drawn before, and the command that takes them; asked where a secret is to be drawn */
async function makeSecrets(
  run: Run,
  stack: Stack,
  { secrets }: LocalStack,
  kept: () => Promise<{ readonly volumes: readonly string[]; readonly removal: string }>,
): Promise<void> {
  if (Object.keys(secrets).length === 0) return;
  const folder = secretsFolder(run, stack);
  const lost = lacking(folder, secrets);
  const { volumes, removal } = lost.length > 0 ? await kept() : { volumes: [], removal: "" };
  if (volumes.length > 0) {
    throw new CannotRun(
      `${lost.map((file) => join(folder, file)).join(", ")} is gone, and the volumes of ${stack.name} know the old one: ` +
        `${volumes.join(", ")}; put it back, or begin anew without the data: ${removal}`,
    );
  }
  writeSecrets(folder, secrets);
}
