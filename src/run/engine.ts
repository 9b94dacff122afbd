import { join } from "node:path";
import type { Container, OwnImage } from "./local-stack";
import { packer } from "./packer";
import type { Ended } from "./program-failures";
import type { Detail } from "./progress";
import { CannotRun, type Run } from "./run";

/** The Docker engine of this machine, asked through Docker's own client: it knows contexts and sockets. */
export class Engine {
  constructor(private readonly run: Run) {}

  /** @throws CannotRun where no engine of this machine answers */
  async check(): Promise<void> {
    const host = await this.host();
    if (isElsewhere(host)) {
      throw new CannotRun(
        `the Docker engine ${host} is on another machine, which has neither the files that containers mount nor their ` +
          "ports on 127.0.0.1; unset DOCKER_HOST, or choose an engine of this machine with docker context use",
      );
    }
    const { code, stderr } = await this.docker(["version", "--format", "{{.Server.Version}}"]);
    if (code === 0) return;
    throw new CannotRun(
      `the Docker engine does not answer; start Docker, or point DOCKER_HOST at one. Docker says: ${lastLine(stderr)}`,
    );
  }

  /**
   * Variables by which Terraform's provider finds the same engine: it knows no contexts, and many an engine (rootless, Colima)
   * is in no other place than the one that its context names.
   */
  async forTerraform(): Promise<Record<string, string>> {
    const host = await this.host();
    return host ? { DOCKER_HOST: host } : {};
  }

  async has(image: string): Promise<boolean> {
    return (await this.docker(["image", "inspect", "--format", "{{.Id}}", image])).code === 0;
  }

  async build(image: OwnImage, detail: Detail): Promise<void> {
    if (image.recipe.by === "docker") await this.buildWithDocker(image, detail);
    else await this.buildWithPacker(image, detail);
    if (!(await this.has(image.name))) {
      throw new CannotRun(
        `the build ended well, but the engine has no image ${image.name}; look at its recipe in the stack`,
      );
    }
  }

  /** Those of the volumes that the engine has. */
  async volumesOf(names: readonly string[]): Promise<string[]> {
    const call = this.call(["volume", "ls", "--quiet"]);
    const there = (await this.run.programs.run(call, "see what docker volume ls says")).split("\n");
    return names.filter((name) => there.includes(name));
  }

  /**
   * `healthy`, `starting`, `unhealthy`, or, without a health check, `running`, `exited`, …; `missing` where there is none, and
   * `unknown` with the reason where the engine could not say.
   */
  async healthOf({ name }: Container): Promise<string> {
    const format = "{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}";
    const { code, stdout, stderr } = await this.docker(["container", "inspect", "--format", format, name]);
    if (code === 0) return stdout.trim();
    return /no such (container|object)/i.test(stderr) ? "missing" : `unknown (${lastLine(stderr)})`;
  }

  /** The last lines that a container printed. */
  async lastWords({ name }: Container): Promise<string[]> {
    const { stdout, stderr } = await this.docker(["logs", "--tail", "5", name]);
    return `${stdout}${stderr}`.trim().split("\n").slice(-5);
  }

  private async buildWithDocker({ name, recipe }: OwnImage, onLine: Detail): Promise<void> {
    if (recipe.by !== "docker") return;
    const variables = Object.entries(recipe.arguments).flatMap(([key, value]) => ["--build-arg", `${key}=${value}`]);
    // Debian's Docker has the classic builder alone, and does not fall back on it by itself.
    const classic = (await this.docker(["buildx", "version"])).code !== 0;
    await this.run.programs.run(
      {
        ...this.call(["build", "--tag", name, ...variables, join(this.run.root, recipe.context)]),
        env: classic ? { DOCKER_BUILDKIT: "0" } : {},
        onLine,
      },
      "correct what it says, then run the same command again: steps that are done are not done again",
    );
  }

  private async buildWithPacker({ recipe }: OwnImage, detail: Detail): Promise<void> {
    if (recipe.by !== "packer") return;
    const { template, only, except, variables } = recipe;
    const commit = await this.run.programs.ended({ program: "git", args: ["rev-parse", "HEAD"], cwd: this.run.root });
    const given = { ...variables, commit: commit.code === 0 ? commit.stdout.trim() : "0".repeat(40) };
    const args = [
      `-only=${only}`,
      `-except=${except}`,
      ...Object.entries(given).map(([name, value]) => `-var=${name}=${value}`),
    ];
    await packer(this.run, ["build", ...args, template], detail);
  }

  /** Where the engine is; nothing where Docker's client does not say. */
  private async host(): Promise<string> {
    if (this.run.env.DOCKER_HOST) return this.run.env.DOCKER_HOST;
    const { code, stdout } = await this.docker(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]);
    return code === 0 ? stdout.trim() : "";
  }

  private docker(args: readonly string[]): Promise<Ended> {
    return this.run.programs.ended(this.call(args));
  }

  private call(args: readonly string[]) {
    return { program: "docker" as const, args, cwd: this.run.root };
  }
}

/** Sockets and pipes are of this machine; an address is when it is a loopback one. */
function isElsewhere(host: string): boolean {
  if (/^ssh:/i.test(host)) return true;
  const [, name] = /^(?:tcp|https?):\/\/(\[[^\]]*\]|[^:/]*)/i.exec(host) ?? [];
  return name !== undefined && !/^(localhost|127(\.\d+){3}|\[::1\]|)$/i.test(name);
}

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
