import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import catalogue from "../../packer/images.json";
import { imageName } from "../../src/core/image-catalogue";
import { realVersion, terraformWithRealProvider } from "../support/aws";
import { type Finished, run, succeeded } from "../support/process";
import { synthesize } from "../support/project";
import { describeWith, tool } from "../support/requirements";
import type { Stack } from "../support/stacks";
import { temporaryFolder } from "../support/temporary";
import { Emulator } from "./harness/emulator";
import { CleanUp, docker, program, uniqueName } from "./harness/engine";
import { debianAmi, makesImages } from "./harness/images";
import { Machine } from "./harness/machine";
import { networkWithRange } from "./harness/network";
import { packer, playbook } from "./harness/packer";
import { userDataOf, withEndpoint } from "./harness/user-data";
import { lookUpTests } from "./look-up";
import { roles } from "./roles";
import type { World } from "./roles/role";

const region = "eu-west-3";
/** Enough for a machine that does something else as well. */
const bakeSeconds = 480;
const commit = "0123456789abcdef0123456789abcdef01234567";

const requirements = [
  ...[tool("packer"), ...(await makesImages()), await program("ansible-playbook", "ansible")],
  await program("ssh-keygen", "openssh-client"),
];

const realProvider = await terraformWithRealProvider();

describeWith("a machine image", requirements, () => {
  const cleanUp = new CleanUp();
  const key = join(temporaryFolder("key"), "key");
  let world: World;

  beforeAll(async () => {
    const { network, cidr } = await networkWithRange(cleanUp);
    const emulator = await Emulator.start(network, region, cleanUp);
    await succeeded(run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], { cwd: "/", env: process.env }));
    await emulator.importKeyPair("e2e", readFileSync(`${key}.pub`, "utf8"));
    world = { network, cidr, emulator, cleanUp };
  });
  afterAll(() => cleanUp.run());

  describe.each(roles)("of the role $role", (role) => {
    const { version } = catalogue[role.role as keyof typeof catalogue];
    const name = imageName(role.role);
    const baked = uniqueName(`ami-${role.role}`);
    const { bootedBy } = role;
    let machine: Machine;
    let build: () => Promise<Finished>;
    /** The stack that boots it, as the project's own program makes it. */
    let stack: Stack;

    beforeAll(async () => {
      if (!bootedBy) return;
      const stacks = await synthesize(bootedBy.edits?.(world));
      const found = stacks.find((each) => each.name === bootedBy.stack);
      if (!found) throw new Error(`no stack ${bootedBy.stack}, but ${stacks.map((each) => each.name).join(", ")}`);
      stack = found;
    });

    it(
      "is baked by its template, from a machine that runs the publisher's Debian (S2-17, S2-18, S3-07, S3-09, S3-20, S3-21)",
      async () => {
        const { network, emulator } = world;
        const publicKey = readFileSync(`${key}.pub`, "utf8");
        const from = {
          image: await debianAmi(role.debian === 13 ? "trixie" : "bookworm"),
          network,
          region,
          publicKey,
          ports: [22],
          engine: role.engine,
        };
        const builder = await Machine.start(from, cleanUp);
        await builder.booted();
        await role.prepare?.(builder);
        const ssh = { ssh_host: "127.0.0.1", ssh_port: `${await builder.port(22)}`, ssh_private_key_file: key };
        const emulated = { region, ec2_endpoint: emulator.url, ssh_keypair_name: "e2e", ...ssh };
        const variables = { commit, ...emulated, ...(await role.variables?.(world)) };
        build = () => packer("build", role.role, { variables, arguments: role.arguments, seconds: bakeSeconds });
        await succeeded(build());
        // What the emulator cannot keep, the engine does: the disk.
        await builder.bake(baked, cleanUp);
        await builder.stop();
      },
      1000 * (bakeSeconds + 120),
    );

    it("has the catalogue's name, and says what it is and where it comes from", async () => {
      expect((await world.emulator.images()).filter((image) => image.name === name)).toEqual([
        expect.objectContaining({
          tags: expect.objectContaining({
            Name: name,
            slipwayRole: role.role,
            slipwayVersion: version,
            slipwayCommit: commit,
            slipwayBase: `debian-${role.debian ?? 12}-amd64-20260101-2345`,
          }),
        }),
      ]);
    });

    it("is never made twice: machines may be running from it (problem 5)", async () => {
      const { code, output } = await build();
      expect([code, output]).toEqual([1, expect.stringContaining(`'${name}' is used by an existing AMI`)]);
    });

    it("holds no key, no identity and no trace of the build", async () => {
      const inside = async (script: string) =>
        (await docker("run", "--rm", "--entrypoint", "sh", baked, "-c", script)).stdout.trim();
      expect(await inside("ls /etc/ssh/ssh_host_* /root/.ssh /home/admin/.ssh 2>/dev/null || true")).toBe("");
      expect(await inside("cat /etc/machine-id; find /var/lib/cloud -mindepth 1")).toBe("");
      expect(await inside("find / -xdev -name '.ansible*' -o -xdev -name 'packer-*'")).toBe("");
      expect(await inside(`systemctl is-enabled ${role.units.join(" ")}`)).toBe(
        role.units.map(() => "enabled").join("\n"),
      );
    });

    const given = bootedBy ? `that ${bootedBy.stack} gives it` : "as a stack would give it";
    it(`serves after its first boot, with the user data ${given}`, async () => {
      const { values, userData, ...props } = await role.launch(world);
      const written = bootedBy ? userDataOf(stack, bootedBy.address, values) : userData!;
      const told = withEndpoint(written, world.emulator.urlInside);
      const { network } = world;
      const engine = role.engine ? { from: baked } : false;
      const ports = [role.port ?? 80];
      machine = await Machine.start(
        { image: baked, network, region, ports, userData: told, engine, ...props },
        cleanUp,
      );
      await machine.booted(180, role.slowUnits);
      await machine.explain(role.serves(machine, world));
    });

    if (role.playbook) {
      it("is not changed by a second run of its playbook, while it serves", async () => {
        const variables = (await role.playbookVariables?.()) ?? {};
        const { stdout } = await succeeded(playbook(role.playbook!, machine.name, variables));
        expect(stdout).toMatch(/ok=\d+ +changed=0 .* failed=0/);
      });
    }

    if (role.refuses) it("refuses what it must not do", () => role.refuses!(machine, world));

    it("still serves after a reboot", async () => {
      await role.beforeReboot?.(world);
      await machine.reboot();
      await machine.booted(180, role.slowUnits);
      await machine.explain(role.stillServes(machine, world));
    });

    if (bootedBy) {
      describeWith(`to the real AWS provider ${realVersion}`, realProvider, () =>
        lookUpTests(bootedBy.address, name, () => ({ stack, emulator: world.emulator })),
      );
    }

    it("keeps no secret on its disks, in its journal or in what cloud-init remembers", async () => {
      for (const secret of role.secrets ?? []) {
        // What Docker mounts into a container is in memory, and on no disk.
        const disks = "/etc /var /root /home /usr/local -fstype tmpfs -prune -o -type f";
        const grep = `journalctl --no-pager | grep -cF -e "$1"; find ${disks} -exec grep -lF -e "$1" {} + || true`;
        expect(await machine.run("sh", "-c", grep, "sh", secret)).toBe("0");
      }
    });
  });
});
