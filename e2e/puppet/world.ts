import { Emulator } from "../machine/harness/emulator";
import { CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { Machine } from "../machine/harness/machine";
import { blankVolume } from "../machine/harness/volume";
import { Description, type Made } from "./description";
import { forgeImage, machineImage } from "./images";

export const keys = { right: "right-key-000000000000000000000001", wrong: "wrong-key-000000000000000000000002" };
export const account = { username: "guestbook", password: "registry-password-4711" };
export const databaseUrl = "postgres://app:p%40ss$word@db.example.org/guestbook";
const bucket = "guestbook-e2e-control";

/** An environment of the guestbook before its machines are there: what Terraform made, and what the internet has. */
export class World {
  readonly cleanUp = new CleanUp();
  /** Of its machines, in DNS. */
  zone = "";
  private region = "";
  private versionParameter = "";
  private network = "";
  private image = "";
  private forge = "";
  private description!: Description;
  private emulator!: Emulator;
  private made: Made = {};

  async start(): Promise<void> {
    this.description = await Description.ofDev();
    const { region, domain, versionParameter } = this.description.settings("puppet");
    this.region = region;
    this.zone = domain;
    this.versionParameter = versionParameter;
    this.network = uniqueName("net");
    await docker("network", "create", this.network);
    this.cleanUp.add(() => tryDocker("network", "rm", this.network));
    this.emulator = await Emulator.start(this.network, this.region, this.cleanUp);
    this.image = await machineImage();
    this.forge = uniqueName("forge");
    this.cleanUp.container(this.forge);
    await docker("run", "-d", "--name", this.forge, "--network", this.network, await forgeImage());
    const secret = "aws_secretsmanager_secret.secrets_";
    this.made = {
      [`${secret}preshared-key_`]: await this.setKey(keys.right),
      [`${secret}registry-account_`]: await this.emulator.putSecret("registry-account", account),
      [`${secret}database-url_`]: await this.emulator.putSecret("database-url", databaseUrl),
      "aws_s3_bucket.control_": bucket,
      "aws_elasticache_replication_group.": "primary.redis.example.org",
    };
    await this.setVersion("none");
    const files = this.description.controlFiles(this.made);
    const infrastructure = {
      ...JSON.parse(files["data/infrastructure.yaml"]!),
      "slipway::endpoint": this.emulator.urlInside,
    };
    files["data/infrastructure.yaml"] = JSON.stringify(infrastructure);
    for (const [path, text] of Object.entries(files)) await this.setFile(path, text);
  }

  /** Host and port of its registry, as images are named. */
  get registryAddress(): string {
    return `registry.${this.zone}:5000`;
  }

  /** Gives the pre-shared key another value; the ARN of its secret. */
  setKey(password: string): Promise<string> {
    return this.emulator.putSecret("preshared-key", { username: "agent", password });
  }

  setVersion(version: string): Promise<void> {
    return this.emulator.putParameter(this.versionParameter, version);
  }

  setFile(path: string, text: string): Promise<void> {
    return this.emulator.putObject(bucket, path, text);
  }

  server(): Promise<Machine> {
    return this.launch("puppet", { aliases: [`puppet.${this.zone}`] }, this.made, { forge: `http://${this.forge}` });
  }

  registry(): Promise<Machine> {
    return this.launch("registry", { aliases: [`registry.${this.zone}`], engine: true });
  }

  web(): Promise<Machine> {
    return this.launch("web", { engine: true });
  }

  /** A web machine that has another key. */
  async stranger(): Promise<Machine> {
    const other = await this.emulator.putSecret("another-key", { username: "agent", password: keys.wrong });
    return this.launch("web", {}, { ...this.made, "aws_secretsmanager_secret.secrets_preshared-key_": other });
  }

  private async launch(
    name: "puppet" | "registry" | "web",
    given: { readonly aliases?: readonly string[]; readonly engine?: boolean },
    made = this.made,
    further = {},
  ): Promise<Machine> {
    const { network, region, emulator } = this;
    const volume =
      name === "web" ? undefined : { id: await emulator.createVolume(), device: await blankVolume(1024, this.cleanUp) };
    const known = volume ? { ...made, [`aws_ebs_volume.${name}_`]: volume.id } : made;
    const userData = this.description.userData(name, known, emulator.urlInside, further);
    const instanceId = await emulator.runInstance();
    return Machine.start({ image: this.image, network, region, userData, volume, instanceId, ...given }, this.cleanUp);
  }
}
