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
  async putSecret(name: string, value: string | Readonly<Record<string, string>>): Promise<string> {
    const SecretString = typeof value === "string" ? value : JSON.stringify(value);
    const made = await this.secrets("CreateSecret", { Name: name, SecretString });
    if (made.ok) return ((await made.json()) as { ARN: string }).ARN;
    const changed = await this.secrets("PutSecretValue", { SecretId: name, SecretString });
    if (!changed.ok) throw new Error(await changed.text());
    return ((await changed.json()) as { ARN: string }).ARN;
  }

  /** Makes a parameter, or gives it another value. */
  async putParameter(Name: string, Value: string): Promise<void> {
    const answer = await ask(this.url, {
      method: "POST",
      headers: { ...this.signed("ssm"), "X-Amz-Target": "AmazonSSM.PutParameter" },
      body: JSON.stringify({ Name, Value, Type: "String", Overwrite: true }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Puts an object into a bucket, which is made where there is none; without content, deletes it. */
  async putObject(bucket: string, key: string, content: string | undefined): Promise<void> {
    const put = (path: string, body?: string) =>
      ask(`${this.url}/${path}`, {
        method: path === bucket || content !== undefined ? "PUT" : "DELETE",
        headers: this.signed("s3"),
        body,
      });
    const where = `<CreateBucketConfiguration><LocationConstraint>${this.region}</LocationConstraint></CreateBucketConfiguration>`;
    await put(bucket, where);
    const answer = await put(`${bucket}/${key}`, content);
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Notes a machine that runs, with an address of its own and tags where they are given; its id. */
  async runInstance({ address = "", tags = {} as Readonly<Record<string, string>> } = {}): Promise<string> {
    const wanted = { ImageId: "ami-0debian12amd64000", InstanceType: "t3.small", MinCount: "1", MaxCount: "1" };
    const at: Record<string, string> = address ? { PrivateIpAddress: address } : {};
    const id = /<instanceId>(.*?)</.exec(await this.ec2("RunInstances", { ...wanted, ...at }))![1]!;
    for (const [Key, Value] of Object.entries(tags)) {
      await this.ec2("CreateTags", { "ResourceId.1": id, "Tag.1.Key": Key, "Tag.1.Value": Value });
    }
    return id;
  }

  /** Ends a machine that was noted. */
  async terminate(id: string): Promise<void> {
    await this.ec2("TerminateInstances", { "InstanceId.1": id });
  }

  /** Makes an Elastic IP that belongs to no machine; the id of its allocation. */
  async allocateAddress(): Promise<string> {
    return /<allocationId>(.*?)</.exec(await this.ec2("AllocateAddress", { Domain: "vpc" }))![1]!;
  }

  /** The machine that has an Elastic IP; undefined where nobody has it. */
  async holderOf(allocation: string): Promise<string | undefined> {
    return /<instanceId>(.*?)</.exec(await this.ec2("DescribeAddresses", { "AllocationId.1": allocation }))?.[1];
  }

  /** What a secret holds now. */
  async secret(name: string): Promise<string> {
    const answer = await this.secrets("GetSecretValue", { SecretId: name });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { SecretString: string }).SecretString;
  }

  /** Notes a blank volume; its id. */
  async createVolume(): Promise<string> {
    const wanted = { AvailabilityZone: `${this.region}a`, Size: "1", VolumeType: "gp3" };
    return /<volumeId>(.*?)</.exec(await this.ec2("CreateVolume", wanted))![1]!;
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
