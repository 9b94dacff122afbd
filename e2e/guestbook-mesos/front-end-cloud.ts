import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A machine as AWS sees it. */
export interface Known {
  readonly id: string;
  readonly address: string;
}

/**
 * Stands in for the part of AWS that front ends ask: the Elastic IP, which `move` carries to a machine or to nobody; the secret
 * of Heartbeat; and who a machine is, by the metadata service. The command `aws` of the machines calls it.
 */
export class Cloud {
  readonly allocation = "eipalloc-0123456789abcdef0";
  readonly machines: Record<string, Known> = {};
  /** Name of the machine that has the address. */
  holder: string | undefined;
  private association = 0;
  private readonly server: Server = createServer(async (request, response) => {
    const { method, url = "", headers } = request;
    let words = "";
    for await (const chunk of request) words += chunk;
    try {
      const [, machine] = /^\/([^/]+)\/latest\//.exec(url) ?? [];
      const answer = machine
        ? this.metadata(machine, method!, headers["x-aws-ec2-metadata-token"])
        : JSON.stringify(await this.call(words.split(" ")));
      response.end(answer);
    } catch (error) {
      response.writeHead(400).end(`${error}\n`);
    }
  });

  constructor(private readonly move: (machine: Known | undefined) => Promise<unknown>) {}

  /** @returns the port on every address of this host */
  async listen(): Promise<number> {
    await new Promise<void>((listening) => this.server.listen(0, "0.0.0.0", listening));
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private metadata(machine: string, method: string, token: unknown): string {
    if (method === "PUT") return "the-token";
    if (token !== "the-token") throw new Error("no token");
    return this.machines[machine]!.id;
  }

  private async call([service, action, ...words]: string[]): Promise<object> {
    const option = (name: string) => words[words.indexOf(name) + 1];
    switch (`${service} ${action}`) {
      case "secretsmanager get-secret-value":
        return { SecretString: "what the two of them know" };
      case "ec2 describe-addresses": {
        const held = this.holder && {
          InstanceId: this.machines[this.holder]!.id,
          AssociationId: `eipassoc-${this.association}`,
        };
        return { Addresses: [{ AllocationId: option("--allocation-ids"), ...(held || {}) }] };
      }
      case "ec2 associate-address": {
        const taker = Object.keys(this.machines).find((name) => this.machines[name]!.id === option("--instance-id"))!;
        await this.move(this.machines[taker]!);
        this.holder = taker;
        this.association += 1;
        return { AssociationId: `eipassoc-${this.association}` };
      }
      case "ec2 disassociate-address":
        if (option("--association-id") !== `eipassoc-${this.association}`)
          throw new Error("InvalidAssociationID.NotFound");
        await this.move(undefined);
        this.holder = undefined;
        return {};
      default:
        throw new Error(`${service} ${action}: not here`);
    }
  }
}
