import { type CleanUp, docker, eventually } from "../machine/harness/engine";
import { type Network, Place } from "./front-end-network";

/**
 * Between the internet and the VPC: has the Elastic IP and passes what comes for it on to the private address of a machine, as AWS
 * does. The server of Consul lives here, too.
 */
export class Gateway {
  private constructor(
    private readonly place: Place,
    /** The Elastic IP. */
    readonly elastic: string,
    private readonly internet: Network,
    /** Its address in the VPC, where Consul is joined. */
    readonly inside: string,
  ) {}

  /** `consul`: where this host has the program. */
  static async start(
    image: string,
    consul: string,
    [vpc, internet]: readonly [Network, Network],
    cleanUp: CleanUp,
  ): Promise<Gateway> {
    const options = ["--sysctl", "net.ipv4.ip_forward=1", "-v", `${consul}:/usr/local/bin/consul:ro`];
    const place = await Place.start("gateway", image, { on: vpc, number: 250, options }, cleanUp);
    await docker("network", "connect", "--ip", internet.at(250), internet.name, place.name);
    const elastic = internet.at(200);
    await place.shell(
      `ip address add ${elastic}/32 dev "$(ip -o route show ${internet.subnet} | sed 's/.* dev \\([^ ]*\\).*/\\1/')"`,
    );
    return new Gateway(place, elastic, internet, vpc.at(250));
  }

  /** What the front ends and the visitors need, to find each other. */
  get routes() {
    return { toInternet: `${this.internet.subnet} via ${this.inside}`, toVpc: `via ${this.internet.at(250)}` };
  }

  /** Passes the Elastic IP on to a private address; to none where there is none. */
  async passTo(address: string | undefined): Promise<void> {
    const rule = `PREROUTING -t nat -d ${this.elastic} -j DNAT --to-destination ${address}`;
    await this.place.shell(`iptables -t nat -F PREROUTING${address ? ` && iptables -A ${rule}` : ""}`);
  }

  async startConsul(): Promise<void> {
    const options = `-server -bootstrap-expect 1 -data-dir /tmp/consul -bind ${this.inside}`;
    await docker("exec", "-d", this.place.name, "sh", "-c", `consul agent ${options} > /tmp/consul.log 2>&1`);
    await eventually("a leader of Consul", 60, async () => {
      if (!(await this.consul("GET", "status/leader")).includes(":")) throw new Error("none");
    });
  }

  /** A call of Consul's API. */
  consul(method: string, path: string, body = ""): Promise<string> {
    return this.place.run("curl", "-sS", "-X", method, "-d", body, `http://127.0.0.1:8500/v1/${path}`);
  }

  /** Has Consul know a task, as registrator tells it: with the check that the app's environment asks for. */
  async register(task: { id: string; address: string }): Promise<void> {
    const check = { HTTP: `http://${task.address}/healthz`, Interval: "1s", Timeout: "2s" };
    const service = { ID: task.id, Name: "guestbook", Address: task.address, Port: 80, Check: check };
    await this.consul("PUT", "agent/service/register", JSON.stringify(service));
  }
}
