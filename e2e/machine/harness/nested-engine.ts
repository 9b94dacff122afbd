import { readFileSync } from "node:fs";
import { type CleanUp, docker, tryDocker } from "./engine";
import { debian } from "./images";

/** By number, as the kernel and this Docker know them. */
const capabilities = `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
  NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT
  SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
  MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ`.split(/\s+/);

/**
 * What a machine's container needs to run an engine inside, as arguments of `docker create`: all that this host has to give,
 * because `--privileged` asks for more than a host may have. What the engine keeps lies on a volume: it could not keep layers
 * on layers.
 */
export function rightsOfAnEngine(volume?: string): string[] {
  return [...allRights(), "--cgroupns", "private", "-v", volume ? `${volume}:/var/lib/docker` : "/var/lib/docker"];
}

/** First command of such a machine: its own groups of processes, which are mounted read-only, become writable. */
export const ownCgroups =
  "for each in /sys/fs/cgroup /sys/fs/cgroup/*; do mount -o remount,rw,bind $each; done; exec /sbin/init";

function allRights(): string[] {
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))![1]}`);
  const had = capabilities.filter((_, number) => (bounding >> BigInt(number)) & 1n);
  return [
    ...had.map((name) => `--cap-add=${name}`),
    ...["seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"].flatMap((option) => [
      "--security-opt",
      option,
    ]),
    ...["--device-cgroup-rule", "a *:* rwm"],
  ];
}

/** The volume that belongs to a baked image. */
export const volumeOf = (image: string) => `${image}-engine`;

/** The volume of one machine's engine: empty, or a copy of a baked image's. */
export async function engineVolume(name: string, from: string | undefined, cleanUp: CleanUp): Promise<void> {
  if (from) return copyVolume(volumeOf(from), name, cleanUp);
  cleanUp.add(() => tryDocker("volume", "rm", "--force", name));
  await docker("volume", "create", name);
}

/** Another volume with the same files, with the marks that layers consist of. */
export async function copyVolume(from: string, to: string, cleanUp: CleanUp): Promise<void> {
  cleanUp.add(() => tryDocker("volume", "rm", "--force", to));
  await docker("volume", "create", to);
  const mounts = ["-v", `${from}:/from:ro`, "-v", `${to}:/to`];
  await docker("run", "--rm", ...allRights(), ...mounts, await debian("bookworm"), "cp", "-a", "/from/.", "/to/");
}
