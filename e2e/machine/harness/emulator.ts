import { type CleanUp, docker, eventually, published, uniqueName } from "./engine";
import { emulatorImage } from "./images";

export interface MachineImage {
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The AWS API of one region, in a container. It keeps state and runs nothing. */
export class Emulator {
  private constructor(
    /** Where Packer and the tests find it. */
    readonly url: string,
    /** Where containers of the same network find it. */
    readonly urlInside: string,
    readonly region: string,
  ) {}

  static async start(network: string, region: string, cleanUp: CleanUp): Promise<Emulator> {
    const name = uniqueName("aws");
    cleanUp.container(name);
    const image = await emulatorImage();
    await docker("run", "-d", "--name", name, "--network", network, "-p", "127.0.0.1::5000", image);
    const url = `http://127.0.0.1:${await published(name, 5000)}`;
    await eventually("the AWS emulator", 30, () => ask(`${url}/moto-api/`, { signal: AbortSignal.timeout(1000) }));
    return new Emulator(url, `http://${name}:5000`, region);
  }

  /** A key pair whose private half the caller has. */
  async importKeyPair(name: string, publicKey: string): Promise<void> {
    const material = Buffer.from(publicKey).toString("base64");
    await this.ec2("ImportKeyPair", { KeyName: name, PublicKeyMaterial: material });
  }

  /** Machine images of this account. */
  async images(): Promise<MachineImage[]> {
    const answer = await this.ec2("DescribeImages", { "Owner.1": "self" });
    return [...answer.matchAll(/<imageId>(.*?)<\/imageId>(.*?)(?=<imageId>|$)/gs)].map(([, id, rest]) => ({
      id: id!,
      name: /<name>(.*?)<\/name>/.exec(rest!)?.[1] ?? "",
      tags: Object.fromEntries(
        [...rest!.matchAll(/<key>(.*?)<\/key>\s*<value>(.*?)<\/value>/gs)].map(([, key, value]) => [key!, value!]),
      ),
    }));
  }

  /** Withdraws a machine image, as its owner can. */
  async deregister(id: string): Promise<void> {
    await this.ec2("DeregisterImage", { ImageId: id });
  }

  /** Makes a secret, or gives it another value; its ARN. */
  async putSecret(name: string, value: Readonly<Record<string, string>>): Promise<string> {
    const SecretString = JSON.stringify(value);
    const made = await this.secrets("CreateSecret", { Name: name, SecretString });
    if (made.ok) return ((await made.json()) as { ARN: string }).ARN;
    const changed = await this.secrets("PutSecretValue", { SecretId: name, SecretString });
    if (!changed.ok) throw new Error(await changed.text());
    return ((await changed.json()) as { ARN: string }).ARN;
  }

  private secrets(action: string, body: object): Promise<Response> {
    return ask(this.url, {
      method: "POST",
      headers: { ...this.signed("secretsmanager"), "X-Amz-Target": `secretsmanager.${action}` },
      body: JSON.stringify(body),
    });
  }

  private async ec2(Action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action, Version: "2016-11-15", ...parameters });
    const answer = await ask(this.url, { method: "POST", headers: this.signed("ec2"), body });
    if (!answer.ok) throw new Error(`${Action}: ${await answer.text()}`);
    return answer.text();
  }

  /** The emulator reads service and region from the signature, and does not check it. */
  private signed(service: string): Record<string, string> {
    const scope = `20260101/${this.region}/${service}/aws4_request`;
    return { Authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=0` };
  }
}

/** A server that is only starting may take a connection and never answer it. */
const ask = (url: string, request: RequestInit = {}) => fetch(url, { signal: AbortSignal.timeout(10_000), ...request });
