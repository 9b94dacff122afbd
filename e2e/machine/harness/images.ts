import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run, succeeded } from "../../support/process";
import { findTool, type Requirement } from "../../support/requirements";
import { docker, engine, program, rootRights, tryDocker } from "./engine";

const folder = join(__dirname, "../images");
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "slipway");
/** What was fetched longer ago is fetched again: it lacks security updates, and its packages leave the mirror. */
const days = 7;

type Suite = "bookworm" | "trixie";

/** What it takes to make these images. */
export const makesImages = async (): Promise<Requirement[]> => [
  await engine(),
  rootRights(),
  await program("debootstrap", "debootstrap"),
];

/** A minimal Debian on the engine, made from the mirror of this machine: no registry can be reached in every CI. */
export async function debian(suite: Suite): Promise<string> {
  const tar = await cached(`debian-${suite}`, "tar", [join(folder, "base.sh")], (file) =>
    shell(`sh "$1" "$2" > "$3"`, join(folder, "base.sh"), suite, file),
  );
  const image = `slipway-e2e-debian:${suite}`;
  const label = `slipway.made=${statSync(tar).mtimeMs}`;
  const { stdout } = await tryDocker("image", "inspect", "--format", "{{json .Config.Labels}}", image);
  if (!stdout.includes(label.split("=")[1]!)) {
    const changes = ['CMD ["bash"]', "ENV DEBIAN_FRONTEND=noninteractive", `LABEL ${label}`];
    await docker("import", ...changes.flatMap((change) => ["--change", change]), tar, image);
  }
  return image;
}

/** The AWS API, played by moto. */
export async function emulatorImage(): Promise<string> {
  await debian("trixie");
  return built("emulator");
}

/** A container that looks like a machine started from Debian's AMI: 12 or 13. */
export async function debianAmi(suite: Suite = "bookworm"): Promise<string> {
  await debian(suite);
  return suite === "bookworm" ? built("debian-ami") : built("debian-ami", { tag: suite, arguments: { SUITE: suite } });
}

/** MariaDB, server and client. */
export async function mariadbImage(): Promise<string> {
  await debian("bookworm");
  return built("mariadb");
}

export interface Archive {
  readonly release: string;
  readonly url: string;
  readonly sha256: string;
}

/** An archive of WordPress, made of Debian's packages where wordpress.org may be out of reach. */
export async function wordpressArchive(): Promise<Archive> {
  const script = join(folder, "wordpress-archive.sh");
  const image = await debian("trixie");
  const file = await cached("wordpress", "tar.gz", [script], async (target) => {
    const out = `${target}.d`;
    mkdirSync(out, { recursive: true });
    const mounts = ["-v", `${script}:/make.sh:ro`, "-v", `${out}:/out`];
    await docker("run", "--rm", ...mounts, image, "sh", "/make.sh", "/out");
    renameSync(join(out, "wordpress.tar.gz"), target);
    rmSync(out, { recursive: true });
  });
  const version = await shell(`tar -xzOf "$1" wordpress/wp-includes/version.php`, file);
  return {
    release: /^\$wp_version = '([^']+)';$/m.exec(version)![1]!,
    url: `file://${file}`,
    sha256: createHash("sha256").update(readFileSync(file)).digest("hex"),
  };
}

interface Build {
  /** Where the folder of the image lies. @default - among the images of all suites */
  readonly folder?: string;
  /** @default - none: latest */
  readonly tag?: string;
  /** @default - none */
  readonly arguments?: Readonly<Record<string, string>>;
}

/** Makes the image whose Dockerfile lies in the folder of that name. */
export async function built(name: string, options: Build = {}): Promise<string> {
  const image = `slipway-e2e-${name}${options.tag ? `:${options.tag}` : ""}`;
  const given = Object.entries(options.arguments ?? {}).flatMap(([key, value]) => ["--build-arg", `${key}=${value}`]);
  // Unchanged steps come from the engine's own cache.
  const context = join(options.folder ?? folder, name);
  const build = run(findTool("docker")!, ["build", "--quiet", ...given, "--tag", image, context], {
    cwd: folder,
    env: { ...process.env, DOCKER_BUILDKIT: "0" },
  });
  await succeeded(build);
  return image;
}

/** A file that is expensive to make, outside the project, made again when its makers change or it is old. */
async function cached(
  name: string,
  extension: string,
  makers: readonly string[],
  make: (file: string) => Promise<unknown>,
): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const digest = createHash("sha256");
  for (const maker of makers) digest.update(readFileSync(maker));
  const file = join(cache, `${name}-${digest.digest("hex").slice(0, 12)}.${extension}`);
  const fresh = existsSync(file) && Date.now() - statSync(file).mtimeMs < days * 86_400_000;
  if (!fresh) {
    const part = `${file}.${process.pid}`;
    try {
      await make(part);
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
  }
  return file;
}

async function shell(script: string, ...args: string[]): Promise<string> {
  const finished = run("sh", ["-c", script, "sh", ...args], { cwd: folder, env: process.env });
  return (await succeeded(finished)).stdout;
}
