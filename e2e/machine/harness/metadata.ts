import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temporary";
import { type CleanUp, docker, tryDocker } from "./engine";
import { drawnNetwork } from "./network";

/**
 * A metadata service for one machine, on a network of its own: the address exists there, and nowhere on the host, which may
 * have a metadata service itself.
 */
export class Metadata {
  private constructor(
    /** Name of that network. */
    readonly network: string,
    private readonly file: string,
    private content: Readonly<Record<string, string>>,
  ) {}

  /** `image`: any with Python, as that of the machine itself. */
  static async start(
    machine: string,
    image: string,
    content: Readonly<Record<string, string>>,
    cleanUp: CleanUp,
  ): Promise<Metadata> {
    const name = `${machine}-imds`;
    const metadata = new Metadata(name, join(temporaryFolder("imds"), "content.json"), content);
    metadata.change({});
    await drawnNetwork(name, "10.228");
    cleanUp.add(() => tryDocker("network", "rm", name));
    cleanUp.container(name);
    await docker(
      ...["run", "-d", "--name", name, "--network", name, "--link-local-ip", "169.254.169.254"],
      ...["-v", `${join(__dirname, "../images/imds.py")}:/imds.py:ro`, "-v", `${metadata.file}:/content.json:ro`],
      ...["--entrypoint", "python3", image, "/imds.py", "/content.json"],
    );
    return metadata;
  }

  /** What it answers from now on, by path; the rest stays. */
  change(changes: Readonly<Record<string, string>>): void {
    this.content = { ...this.content, ...changes };
    writeFileSync(this.file, JSON.stringify(this.content));
  }
}
