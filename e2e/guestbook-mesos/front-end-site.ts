import { join } from "node:path";
import { CleanUp, eventually } from "../machine/harness/engine";
import { built } from "../machine/harness/images";
import { root } from "../machine/harness/packer";
import { FrontEnd } from "./front-end";
import { Cloud } from "./front-end-cloud";
import { Gateway } from "./front-end-gateway";
import { frontEndImage } from "./front-end-images";
import { type Network, network, Place } from "./front-end-network";
import { Visitor } from "./front-end-visitor";

/** Seconds since 1970. */
const now = () => Date.now() / 1000;

export interface TakeOver {
  /** Seconds from the loss of the machine to the first answer that a visitor got from the other one. */
  readonly seconds: number;
  /** What visitors got in the meantime who asked the other machine itself. */
  readonly meanwhile: readonly number[];
}

/** Two front ends in a VPC, an Elastic IP, and the internet on the other side of it. */
export class Site {
  private constructor(
    private readonly cleanUp: CleanUp,
    private readonly vpc: Network,
    private readonly internet: Network,
    private readonly image: string,
    readonly cloud: Cloud,
    readonly gateway: Gateway,
    readonly frontEnds: Readonly<Record<string, FrontEnd>>,
  ) {}

  /** `consulProgram`: where this host has it. */
  static async open(ha: "heartbeat" | "keepalived", consulProgram: string): Promise<Site> {
    const cleanUp = new CleanUp();
    try {
      const image = await frontEndImage();
      const [vpc, internet] = [await network("vpc", cleanUp), await network("internet", cleanUp)];
      const gateway = await Gateway.start(image, consulProgram, [vpc, internet], cleanUp);
      const cloud = new Cloud((machine) => gateway.passTo(machine?.address));
      const port = await cloud.listen();
      cleanUp.add(async () => cloud.close());
      const names = ["fe-1", "fe-2"] as const;
      names.forEach((name, index) => {
        cloud.machines[name] = { id: `i-0123456789abcdef${index + 1}`, address: vpc.at(11 + index) };
      });
      const frontend = {
        ...{ ha, interface: "eth0", allocation_id: cloud.allocation, membership_secret_arn: "arn:membership" },
        peers: Object.fromEntries(names.map((name) => [name, cloud.machines[name]!.address])),
      };
      const around = {
        cloud: `${vpc.at(1)}:${port}`,
        consul: gateway.inside,
        consulProgram,
        route: gateway.routes.toInternet,
      };
      const started = names.map((name) =>
        FrontEnd.start({ name, ...cloud.machines[name]!, network: vpc.name, image, frontend, ...around }, cleanUp),
      );
      const frontEnds = Object.fromEntries((await Promise.all(started)).map((one) => [one.props.name, one]));
      return new Site(cleanUp, vpc, internet, image, cloud, gateway, frontEnds);
    } catch (error) {
      await cleanUp.run();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.cleanUp.run();
  }

  visitor(number: number): Promise<Visitor> {
    const routes = { vpc: this.vpc.subnet, via: this.gateway.routes.toVpc };
    return Visitor.arrive(this.image, { on: this.internet, number, routes }, this.cleanUp);
  }

  /** A task of the guestbook: the container that its own Dockerfile makes. */
  async task(number: number, version: string): Promise<Place> {
    const app = await built("app", {
      folder: join(root, "systems/guestbook-mesos"),
      tag: `mesos-${version}`,
      arguments: { BASE: this.image, VERSION: version },
    });
    const command = ["nginx", "-g", "daemon off;"];
    const task = await Place.start(
      `task-${number}`,
      app,
      { on: this.vpc, number: 100 + number },
      this.cleanUp,
      command,
    );
    await this.gateway.register({ id: `task-${number}`, address: task.address });
    return task;
  }

  /** The front end that has the address, as soon as one has it, and the other one. */
  async holder(seconds = 120): Promise<{ holder: FrontEnd; other: FrontEnd }> {
    return eventually("a front end with the address", seconds, async () => {
      const { holder: name } = this.cloud;
      if (!name) throw new Error("nobody has it");
      const other = Object.values(this.frontEnds).find((one) => one.props.name !== name)!;
      return { holder: this.frontEnds[name]!, other };
    });
  }

  /** Takes something from the machine that has the address, while visitors go on asking. */
  async takeOver(visitor: Visitor, harm: (machine: FrontEnd) => Promise<unknown>): Promise<TakeOver> {
    const { holder, other } = await this.holder();
    const front = await visitor.keepAsking(this.gateway.elastic);
    const aside = await visitor.keepAsking(other.props.address);
    await eventually("an answer of the front end that will be lost", 60, async () => {
      if (!(await front.answers()).some(({ status }) => status === 200)) throw new Error("none");
    });
    const lost = now();
    await harm(holder);
    const after = now();
    await eventually("an answer of the front end that took over", 60, async () => {
      if (this.cloud.holder !== other.props.name) throw new Error(`${this.cloud.holder} has the address`);
      const answers = await front.answers();
      if (!answers.some(({ asked, status }) => asked > after && status === 200)) throw new Error("none");
    });
    const told = (await front.stop()).filter(({ asked, status }) => asked > after && status === 200);
    const meanwhile = (await aside.stop()).filter(({ asked }) => asked > lost).map(({ status }) => status);
    return { seconds: told[0]!.told - lost, meanwhile };
  }
}
