import { type CleanUp, docker } from "../machine/harness/engine";
import { type Network, Place } from "./front-end-network";

export interface Answer {
  /** Seconds since 1970: when it was asked, and when it had the answer or gave up. */
  readonly asked: number;
  readonly told: number;
  /** HTTP status; 0 where there was no answer within a second. */
  readonly status: number;
}

/** Somebody on the internet. */
export class Visitor {
  private constructor(private readonly place: Place) {}

  static async arrive(
    image: string,
    { on, number, routes }: { on: Network; number: number; routes: { vpc: string; via: string } },
    cleanUp: CleanUp,
  ): Promise<Visitor> {
    const place = await Place.start(`visitor-${number}`, image, { on, number }, cleanUp);
    await place.shell(`ip route add ${routes.vpc} ${routes.via}`);
    return new Visitor(place);
  }

  /** Status and text of one answer. */
  async get(address: string, path = "/"): Promise<{ status: number; text: string }> {
    const output = await this.place.shell(`curl -s -m 5 -w '\\n%{http_code}' 'http://${address}${path}' || true`);
    const lines = output.split("\n");
    return { status: Number(lines.pop()), text: lines.join("\n") };
  }

  /** Asks so often, as fast as one connection can; the statuses. */
  async flood(address: string, times: number): Promise<number[]> {
    const output = await this.place.shell(
      `curl -s -o /dev/null -w '%{http_code}\\n' 'http://${address}/?[1-${times}]'`,
    );
    return output.split("\n").map(Number);
  }

  /** Asks again and again, some times a second, until it is told to stop. */
  async keepAsking(address: string): Promise<{ answers(): Promise<Answer[]>; stop(): Promise<Answer[]> }> {
    const file = `/tmp/asked-${address}-${Date.now()}`;
    const once = `curl -s -o /dev/null -m 1 -w '%{http_code}' http://${address}/healthz`;
    const line = `s=$(date +%s.%N); c=$(${once}); echo "$s $(date +%s.%N) $c" >> ${file}; sleep 0.15`;
    await this.place.shell(`touch ${file} ${file}.go`);
    await docker("exec", "-d", this.place.name, "sh", "-c", `while [ -e ${file}.go ]; do ${line}; done`);
    const answers = async () => {
      const lines = (await this.place.shell(`cat ${file}`)).split("\n").filter(Boolean);
      return lines.map((text) => {
        const [asked, told, status] = text.split(" ").map(Number);
        return { asked: asked!, told: told!, status: status! };
      });
    };
    const stop = async () => {
      await this.place.shell(`rm ${file}.go`);
      return answers();
    };
    return { answers, stop };
  }
}
