import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const version = "1.0.0-0123456789ab";
const ecr = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-push-"));
  mkdirSync(join(home, "bin"));
  // Knows what was copied to it, and says for anything else what a registry says.
  command(
    "skopeo",
    `echo "skopeo $*" >> "$STUB/calls"
case $1 in
login) cat > "$STUB/password"; echo "$REGISTRY_AUTH_FILE" > "$STUB/auth-file"; cat "$REGISTRY_AUTH_FILE" > "$STUB/auth" ;;
inspect) [ ! -e "$STUB/down" ] || { echo "connection refused" >&2; exit 1; }
  grep -qxF "\${*: -1}" "$STUB/there" 2>/dev/null || { echo "manifest unknown" >&2; exit 1; }; echo "sha256:0a1b" ;;
copy) echo "\${*: -1}" >> "$STUB/there" ;;
esac`,
  );
  command("aws", 'echo "aws $*" >> "$STUB/calls"; echo the-password');
  target(`${ecr}/guestbook-mesos`);
});
afterEach(() => rmSync(home, { recursive: true }));

function command(name: string, text: string): void {
  writeFileSync(join(home, "bin", name), `#!/usr/bin/env bash\n${text}\n`);
  chmodSync(join(home, "bin", name), 0o755);
}
const target = (image: string) => writeFileSync(join(home, "environments.json"), JSON.stringify({ image }));
const read = (name: string) => (existsSync(join(home, name)) ? readFileSync(join(home, name), "utf8") : "");
function push(...args: string[]) {
  const env = { ...process.env, PATH: `${join(home, "bin")}:${process.env.PATH}`, STUB: home };
  const { status, stdout, stderr } = spawnSync(join(__dirname, "push"), args, {
    env: { ...env, GUESTBOOK_ENVIRONMENTS: join(home, "environments.json") },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("a push (S1-61)", () => {
  it("takes the image from this machine's engine to the registry, and prints its digest", () => {
    expect(push(version)).toMatchObject({ status: 0, stdout: "sha256:0a1b\n" });
    expect(read("calls")).toContain(
      `skopeo copy --quiet docker-daemon:guestbook-mesos:${version} docker://${ecr}/guestbook-mesos:${version}\n`,
    );
  });

  it("never overwrites a version that is there", () => {
    push(version);
    const { status, stderr } = push(version);
    expect({ status, copies: read("calls").match(/skopeo copy/g)!.length }).toEqual({ status: 1, copies: 1 });
    expect(stderr).toContain("exists already (sha256:0a1b); a version is pushed once, make a new commit");
  });

  it("does not take silence for an absent version", () => {
    writeFileSync(join(home, "down"), "");
    const { status, stderr } = push(version);
    expect(status).toBe(1);
    expect(stderr).toContain("cannot ask the registry");
    expect(read("calls")).not.toContain("skopeo copy");
  });

  it("enters ECR with the role of the machine: the password is in no argument, and gone afterwards", () => {
    push(version);
    expect(read("calls")).toContain("aws ecr get-login-password --region eu-west-1\n");
    expect(read("calls")).toContain(`skopeo login --username AWS --password-stdin ${ecr}\n`);
    expect(read("password")).toBe("the-password\n");
    expect(existsSync(read("auth-file").trim())).toBe(false);
  });

  it("needs no AWS for another registry, where somebody has logged in", () => {
    target("docker.io/example/guestbook");
    expect(push(version)).toMatchObject({ status: 0 });
    expect(read("calls")).not.toMatch(/aws|login/);
  });

  it.each([
    ["1.0.0-0123456789ab-dirty", "files that are in no commit"],
    ["latest", 'got "latest"'],
  ])("refuses %s before it asks anybody", (given, complaint) => {
    const { status, stderr } = push(given);
    expect(status).toBe(1);
    expect(stderr).toContain(complaint);
    expect(read("calls")).toBe("");
  });
});
