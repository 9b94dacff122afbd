import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finished, run, succeeded } from "./process";
import { findTool, type Requirement } from "./requirements";
import type { Json, Stack } from "./stacks";
import { temporaryFolder } from "./temporary";

/** Version of the provider whose arguments the bindings know, and which every stack asks for. */
export const standInVersion = "6.25.0";

/** Where a workspace keeps the plan that was made last. */
const planFile = "changes.tfplan";

/** A change that a plan announces. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** `create`, `update`, `delete`; two of them are a replacement. */
  readonly actions: readonly string[];
}

export interface WorkspaceOptions {
  /** File by which workspaces see what the others created. */
  readonly world: string;
  /** Names of the machine images that exist. @default - every image exists */
  readonly images?: readonly string[];
  /** URL of an AWS API that is none, for the real provider. @default - none is reached */
  readonly endpoint?: string;
}

/**
 * A stack in a folder of its own, with Terraform at work in it.
 *
 * Its state lies beside it, whatever the description says: a bucket or Terraform Cloud would need an account, and where
 * state is kept changes nothing of what is planned.
 */
export class Workspace {
  readonly folder: string;

  constructor(
    stack: Stack,
    private readonly options: WorkspaceOptions,
  ) {
    this.folder = temporaryFolder(stack.name);
    this.hold(stack.document);
  }

  /** Puts another version of the stack into the same workspace, as after a change of the description. */
  hold(document: Json): void {
    const { backend: _, cloud: __, ...terraform } = document.terraform ?? {};
    const local = readableByStandIn({ ...document, terraform });
    // On several lines: Terraform quotes the line of a mistake.
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(local, null, 2));
  }

  /** `terraform init` and `terraform validate`. */
  async validate(): Promise<void> {
    await succeeded(this.terraform("init", "-no-color", "-input=false"));
    await succeeded(this.terraform("validate", "-no-color"));
  }

  apply(): Promise<Finished> {
    return this.terraform("apply", "-no-color", "-input=false", "-auto-approve");
  }

  /** Applies what `changes` or `planned` looked at last, without planning it once more. */
  applyPlanned(): Promise<Finished> {
    return this.terraform("apply", "-no-color", "-input=false", planFile);
  }

  destroy(): Promise<Finished> {
    return this.terraform("destroy", "-no-color", "-input=false", "-auto-approve");
  }

  plan(...options: string[]): Promise<Finished> {
    return this.terraform("plan", "-no-color", "-input=false", ...options);
  }

  /** What the next apply would change, in the order of addresses. */
  async changes(): Promise<Change[]> {
    const { resource_changes: all = [] } = await this.planned();
    return (all as Json[])
      .map(({ address, type, change }): Change => ({ address, type, actions: change.actions }))
      .filter(({ actions }) => !["no-op", "read"].includes(actions.join()));
  }

  /** The next apply as `terraform show -json` tells it, with what data sources have found. */
  async planned(...options: string[]): Promise<Json> {
    await succeeded(this.terraform("plan", "-no-color", "-input=false", ...options, `-out=${planFile}`));
    return this.show(planFile);
  }

  /** `terraform plan -detailed-exitcode`: 0 nothing to change, 1 refused, 2 something to change. */
  again(): Promise<Finished> {
    return this.terraform("plan", "-no-color", "-input=false", "-detailed-exitcode");
  }

  /** Resources and data sources in the state, with their values. */
  async state(): Promise<Json[]> {
    return (await this.show()).values?.root_module?.resources ?? [];
  }

  private async show(...file: string[]): Promise<Json> {
    return JSON.parse((await succeeded(this.terraform("show", "-json", ...file))).stdout);
  }

  private terraform(...args: string[]): Promise<Finished> {
    const { world, images, endpoint } = this.options;
    const env = {
      ...{ ...safely(), ...(endpoint && emulated(endpoint)), STANDIN_WORLD: world },
      ...(images && { STANDIN_AMI_NAMES: images.join() }),
    };
    return run(findTool("terraform")!, args, { cwd: this.folder, env });
  }
}

/** What the stand-in cannot do as AWS does. The real provider is shown what the stack says. */
function readableByStandIn(document: Json): Json {
  if (document.terraform.required_providers?.aws?.version !== standInVersion) return document;
  return withReadableParameters(withoutEphemeral(document));
}

/**
 * The stand-in knows no ephemeral resources: a fixed text takes the place of a password that AWS would draw. It goes to a
 * write-only argument, so it ends up in no state either.
 */
function withoutEphemeral({ ephemeral, ...document }: Json): Json {
  if (!ephemeral) return document;
  const drawn = /ephemeral\.aws_secretsmanager_random_password\.[\w-]+\.random_password/g;
  return JSON.parse(JSON.stringify(document).replace(drawn, String.raw`\"drawn-by-aws\"`));
}

/** AWS gives a parameter's value to its reader however it was written; the stand-in gives only what was written as `value`. */
function withReadableParameters(document: Json): Json {
  const parameters = Object.entries<Json>(document.resource?.aws_ssm_parameter ?? {}).map(
    ([name, { insecure_value, ...parameter }]) => {
      const ignored = JSON.stringify(parameter.lifecycle ?? {}).replaceAll('"insecure_value"', '"value"');
      return [name, { value: insecure_value, ...parameter, lifecycle: JSON.parse(ignored) }];
    },
  );
  if (parameters.length === 0) return document;
  return { ...document, resource: { ...document.resource, aws_ssm_parameter: Object.fromEntries(parameters) } };
}

/** Applies stacks in their order, each in a workspace of its own. */
export async function launch(stacks: readonly Stack[], options: WorkspaceOptions): Promise<Map<string, Workspace>> {
  const workspaces = new Map<string, Workspace>();
  for (const stack of stacks) {
    const workspace = new Workspace(stack, options);
    workspaces.set(stack.name, workspace);
    await workspace.validate();
    await succeeded(workspace.apply());
  }
  return workspaces;
}

/** A file for what the stacks of one copy create. */
export const newWorld = () => join(temporaryFolder("world"), "world.jsonl");

/**
 * The AWS provider in a version, as this machine gives it to Terraform: the real one, or one that only pretends. Found by
 * looking at the plugin that `terraform init` installs; Terraform itself must be there.
 */
export async function awsProvider(version: string, kind: "real" | "stand-in"): Promise<Requirement> {
  const name = `the ${kind} AWS provider ${version}`;
  const cwd = mkdtempSync(join(tmpdir(), "slipway-provider-"));
  try {
    const required = { aws: { source: "hashicorp/aws", version } };
    writeFileSync(join(cwd, "probe.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const args = ["init", "-no-color", "-input=false"];
    const { code, output } = await run(findTool("terraform")!, args, { cwd, env: safely() });
    const missing = "give Terraform a plugin mirror that has it";
    if (code !== 0) return { name, missing: `${missing}; terraform init says: ${brief(output)}` };
    const plugins = join(cwd, ".terraform/providers/registry.terraform.io/hashicorp/aws", version);
    const found = isProgram(plugins) ? "real" : "stand-in";
    return found === kind ? { name } : { name, missing: `${missing}, not the ${found} one` };
  } finally {
    // Here, not at the end of the file: a file whose tests are all skipped has no end.
    rmSync(cwd, { recursive: true });
  }
}

/** Nothing in it lets a provider reach an account, should it be a real one. */
function safely(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(AWS_|TF_VAR_|STANDIN_)/.test(key)));
  const nowhere = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  // Of a local stack: only real engines look there.
  const local = { TF_VAR_secrets_folder: "/slipway-e2e/secrets" };
  return {
    ...env,
    ...nowhere,
    ...local,
    AWS_EC2_METADATA_DISABLED: "true",
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

/** Every request goes to `endpoint`, with credentials that no account knows. */
function emulated(endpoint: string): NodeJS.ProcessEnv {
  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  return { ...credentials, AWS_ENDPOINT_URL: endpoint, AWS_MAX_ATTEMPTS: "2" };
}

/** Providers are compiled programs; a stand-in is a script. */
function isProgram(versionFolder: string): boolean {
  const [platform] = readdirSync(versionFolder);
  const folder = join(versionFolder, platform!);
  const plugin = openSync(
    join(folder, readdirSync(folder).find((file) => file.startsWith("terraform-provider-"))!),
    "r",
  );
  const start = Buffer.alloc(2);
  readSync(plugin, start);
  closeSync(plugin);
  return start.toString() !== "#!";
}

/** Text without the frame and the line breaks that Terraform puts into it. */
export const words = (text: string) => text.replace(/[│╷╵\s]+/g, " ");

/** The first sentences of an error, on one line. */
const brief = (output: string) =>
  words(output.slice(Math.max(0, output.indexOf("Error:"))))
    .trim()
    .slice(0, 300);
