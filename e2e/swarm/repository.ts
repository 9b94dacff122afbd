import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run, succeeded } from "../support/process";
import { temporaryFolder } from "../support/temporary";

export const stackFile = "systems/dashboard/docker-compose.yml";
const real = readFileSync(join(__dirname, "../..", stackFile), "utf8");

/** The stack file of the project, with the versions of a commit. */
export function stackWith(front: string, back: string): string {
  const versioned = real
    .replace(/(\/dash-front):[\d.]+$/m, `$1:${front}`)
    .replace(/(\/dash-back):[\d.]+$/m, `$1:${back}`);
  // Only how long things are looked at, so that an update of three machines takes seconds.
  return versioned.replaceAll(/(interval|delay): 5s$/gm, "$1: 1s").replaceAll(/(monitor): 20s$/gm, "$1: 5s");
}

/** A Git repository that the machines poll, and a working copy to push from. */
export class Repository {
  readonly bare: string;
  private readonly work: string;

  private constructor(folder: string) {
    this.bare = join(folder, "repository.git");
    this.work = join(folder, "work");
  }

  static async create(): Promise<Repository> {
    const repository = new Repository(temporaryFolder("repository"));
    mkdirSync(repository.work);
    await repository.git("init", "--quiet", "--bare", "--initial-branch=master", repository.bare);
    await repository.git("init", "--quiet", "--initial-branch=master");
    return repository;
  }

  /** Commits the stack file and pushes it to the branch; the commit. */
  async push(content: string, branch = "master"): Promise<string> {
    const file = join(this.work, stackFile);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", "A version");
    await this.git("push", "--quiet", this.bare, `HEAD:${branch}`);
    return (await this.git("rev-parse", "HEAD")).trim();
  }

  private async git(...args: string[]): Promise<string> {
    const identity = ["-c", "user.name=e2e", "-c", "user.email=e2e@example.org", "-c", "commit.gpgSign=false"];
    return (await succeeded(run("git", [...identity, ...args], { cwd: this.work, env: process.env }))).stdout;
  }
}
