import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run, succeeded } from "../support/process";
import type { Requirement } from "../support/requirements";

// Debian 11 was the last one with Consul. What it says of a configuration, later ones say as well.
const path = "pool/main/c/consul/consul_1.8.7+dfsg1-2+b3_amd64.deb";
const sha256 = "e4e888bba104daba1d9161f49bfc52649a7e4efd45b1a7ead5bc54f2cb9c89d9";
const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "slipway", "consul-1.8.7");
const program = join(folder, "usr/bin/consul");

/** A real Consul as a requirement of tests, and where it is then: fetched once, from the mirror of this machine. */
export async function consul(): Promise<{ readonly requirement: Requirement; readonly program: string }> {
  try {
    if (!existsSync(program)) await fetchConsul();
    return { requirement: { name: "Consul" }, program };
  } catch (error) {
    const missing = `make Debian's mirror, or what it archived, reachable (${error})`;
    return { requirement: { name: "Consul", missing }, program };
  }
}

async function fetchConsul(): Promise<void> {
  const script = `awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2>/dev/null`;
  const own = (await run("sh", ["-c", script], { cwd: "/", env: process.env })).stdout.trim();
  const mirrors = [own, "http://deb.debian.org/debian", "http://archive.debian.org/debian"].filter(Boolean);
  const errors: string[] = [];
  for (const mirror of mirrors) {
    try {
      const answer = await fetch(`${mirror}/${path}`, { signal: AbortSignal.timeout(120_000) });
      if (!answer.ok) throw new Error(`${mirror}: ${answer.status}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const found = createHash("sha256").update(bytes).digest("hex");
      if (found !== sha256) throw new Error(`${mirror}: SHA-256 ${found}`);
      const part = `${folder}.${process.pid}`;
      mkdirSync(part, { recursive: true });
      writeFileSync(`${part}/consul.deb`, bytes);
      const unpack = run("dpkg-deb", ["-x", `${part}/consul.deb`, part], { cwd: part, env: process.env });
      await succeeded(unpack);
      renameSync(part, folder);
      return;
    } catch (error) {
      errors.push(`${error}`);
    }
  }
  if (!existsSync(program)) throw new Error(errors.join(", "));
}
