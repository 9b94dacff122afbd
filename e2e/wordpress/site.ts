import { type CleanUp, docker, eventually, published, tryDocker, uniqueName } from "../machine/harness/engine";

/** A running container of the image, with the environment that a task definition gives it. */
export class Site {
  private constructor(readonly name: string) {}

  static async start(
    image: string,
    network: string,
    environment: Readonly<Record<string, string>>,
    cleanUp: CleanUp,
  ): Promise<Site> {
    const name = uniqueName("web");
    cleanUp.container(name);
    const variables = Object.entries(environment).flatMap(([key, value]) => ["-e", `${key}=${value}`]);
    await docker("run", "-d", "--name", name, "--network", network, "-p", "127.0.0.1::80", ...variables, image);
    return new Site(name);
  }

  async fetch(path: string, request: RequestInit = {}): Promise<Response> {
    const port = await published(this.name, 80);
    return fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(20_000), ...request });
  }

  /** What a visitor of a new site sees first. */
  async installPage(seconds: number): Promise<string> {
    return eventually("the install page", seconds, async () => {
      const answer = await this.fetch("/");
      if (!answer.url.endsWith("/wp-admin/install.php")) throw new Error(`got ${answer.url}`);
      return answer.text();
    }).catch(async (error) => {
      throw new Error(`${error}\n${await this.log()}`, { cause: error });
    });
  }

  run(...command: string[]): Promise<string> {
    return docker("exec", this.name, ...command).then(({ stdout }) => stdout.trim());
  }

  /** Everything that it printed. */
  async log(): Promise<string> {
    return (await tryDocker("logs", this.name)).output;
  }

  /** Waits until it has ended; its exit code. */
  async ended(): Promise<number> {
    return Number((await docker("wait", this.name)).stdout.trim());
  }

  /** Asks it to stop, as an orchestrator does; the seconds that it took. */
  async stop(): Promise<number> {
    const start = Date.now();
    await docker("stop", "--time", "30", this.name);
    return (Date.now() - start) / 1000;
  }
}
