import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readLocalStack } from "../../../src/run/local-stack";
import { writeSecrets } from "../../../src/run/secrets";
import { type CleanUp, docker, eventually, tryDocker } from "../../machine/harness/engine";
import type { Json } from "../../support/stacks";
import { temporaryFolder } from "../../support/temporary";
import { unknownIn } from "./attributes";
import { api } from "./docker-api";
import { inOrder, resolved } from "./references";
import { containerRequest, labelsOf, networksOf } from "./request";

/** Full name of an image in the stack → image on this engine that takes its place. */
export type Images = Readonly<Record<string, string>>;

/**
 * A local stack on a real engine, made from its `cdk.tf.json` in the order in which Terraform and the Docker provider would:
 * networks, volumes, then each container when those that it depends on are healthy.
 */
export class LocalSystem {
  private readonly names = new Map<string, string>();
  /** Folder of the files that containers read their secrets from. */
  readonly secrets = temporaryFolder("secrets");

  private constructor(
    private readonly document: Json,
    private readonly images: Images,
    private readonly cleanUp: CleanUp,
  ) {}

  /** Returns when every container is healthy. What it makes is removed by `cleanUp`. */
  static async start(document: Json, images: Images, cleanUp: CleanUp): Promise<LocalSystem> {
    const unknown = unknownIn(document);
    if (unknown.length > 0) throw new Error(`the driver does not know ${unknown.join(", ")}`);
    const system = new LocalSystem(document, images, cleanUp);
    writeSecrets(system.secrets, readLocalStack(document).secrets);
    await system.make();
    return system;
  }

  /** Where it answers, as its output says. */
  get url(): string {
    return this.document.output.url.value;
  }

  get services(): string[] {
    return [...this.names.keys()];
  }

  /** Name of a service's container. */
  container(service: string): string {
    return this.names.get(service)!;
  }

  /** What a secret says. */
  secret(file: string): string {
    return readFileSync(join(this.secrets, file), "utf8");
  }

  fetch(path: string, request: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.url), { signal: AbortSignal.timeout(30_000), ...request });
  }

  /** Stops all, then starts all, without regard to order, as when the machine boots. */
  async restart(): Promise<void> {
    const all = [...this.names.values()];
    await docker("stop", ...all);
    await docker("start", ...all);
    await Promise.all(this.services.map((service) => this.healthy(service, 120)));
  }

  /** From one moment to the next, and without the engine starting it again. */
  async kill(service: string): Promise<void> {
    await docker("kill", this.container(service));
  }

  async revive(service: string): Promise<void> {
    await docker("start", this.container(service));
    await this.healthy(service, 120);
  }

  healthy(service: string, seconds: number): Promise<void> {
    return this.healthOf(this.container(service), seconds);
  }

  /** What the engine knows of a service's container. */
  inspect(service: string): Promise<Json> {
    return api("GET", `/containers/${this.container(service)}/json`);
  }

  private async make(): Promise<void> {
    const {
      docker_network = {},
      docker_volume = {},
      docker_image = {},
      docker_container = {},
    } = this.document.resource;
    const values = new Map([["var.secrets_folder", this.secrets]]);
    for (const [key, body] of Object.entries<Json>(docker_network)) {
      await api("POST", "/networks/create", { Name: body.name, Driver: body.driver, Labels: labelsOf(body) });
      this.cleanUp.add(() => tryDocker("network", "rm", body.name));
      values.set(`docker_network.${key}.name`, body.name);
    }
    for (const [key, body] of Object.entries<Json>(docker_volume)) {
      await api("POST", "/volumes/create", { Name: body.name, Driver: body.driver, Labels: labelsOf(body) });
      this.cleanUp.add(() => tryDocker("volume", "rm", "--force", body.name));
      values.set(`docker_volume.${key}.name`, body.name);
    }
    for (const [key, { name }] of Object.entries<Json>(docker_image)) {
      const image = this.images[name];
      if (!image) throw new Error(`no image is given for ${name}`);
      const { stdout } = await docker("image", "inspect", "--format", "{{.Id}}", image);
      values.set(`docker_image.${key}.image_id`, stdout.trim());
    }
    for (const wave of inOrder(docker_container)) {
      await Promise.all(wave.map((key) => this.run(resolved(docker_container[key], values))));
    }
  }

  private async run(body: Json): Promise<void> {
    const { name, upload, wait, wait_timeout: seconds = 60 } = body;
    this.cleanUp.container(name);
    await api("POST", `/containers/create?name=${name}`, containerRequest(body));
    const networks = networksOf(body);
    if (networks.length > 0) await api("POST", "/networks/bridge/disconnect", { Container: name });
    for (const { name: network, aliases } of networks) {
      await api("POST", `/networks/${network}/connect`, { Container: name, EndpointConfig: { Aliases: aliases } });
    }
    const { "slipway.service": service = name } = labelsOf(body);
    this.names.set(service, name);
    if (upload) await api("PUT", `/containers/${name}/archive?path=/`, archive([upload].flat()));
    await api("POST", `/containers/${name}/start`);
    if (wait) await this.healthOf(name, seconds);
  }

  private async healthOf(name: string, seconds: number): Promise<void> {
    try {
      await eventually(`health of ${name}`, seconds, async () => {
        const { stdout } = await docker(
          "inspect",
          "--format",
          "{{if .State.Health}}{{.State.Health.Status}}{{end}}",
          name,
        );
        if (stdout.trim() !== "healthy") throw new Error(`it is ${stdout.trim() || "without a health check"}`);
      });
    } catch (error) {
      const { State: state } = await api("GET", `/containers/${name}/json`);
      const { output } = await tryDocker("logs", "--tail", "30", name);
      throw new Error(`${name} did not become healthy: ${JSON.stringify(state)}\n${output}`, { cause: error });
    }
  }
}

/** A tar with the files at their places. */
function archive(files: readonly Json[]): Buffer {
  const folder = temporaryFolder("upload");
  for (const { file, content, permissions = "0644", executable } of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, executable ? 0o755 : Number.parseInt(permissions, 8));
  }
  const names = files.map(({ file }) => `.${file}`);
  const { status, stdout, stderr } = spawnSync("tar", ["-C", folder, "--owner=0", "--group=0", "-cf", "-", ...names]);
  if (status !== 0) throw new Error(String(stderr));
  return stdout;
}
