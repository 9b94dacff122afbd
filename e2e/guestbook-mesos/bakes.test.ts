import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imageName } from "../../src/core/image-catalogue";
import { Emulator } from "../machine/harness/emulator";
import { CleanUp, program, tryDocker, uniqueName } from "../machine/harness/engine";
import { built, debianAmi, makesImages } from "../machine/harness/images";
import { Machine } from "../machine/harness/machine";
import { networkWithRange } from "../machine/harness/network";
import { packer, root } from "../machine/harness/packer";
import { run, succeeded } from "../support/process";
import { describeWith, tool } from "../support/requirements";
import { temporaryFolder } from "../support/temporary";
import { packagesOf, ThirdParty } from "./third-party";

const region = "eu-west-3";
/** Enough for four at once on a machine that does something else as well. */
const bakeSeconds = 480;
const bake = join(root, "systems/guestbook-mesos/machine/bake.sh");
const requirements = [tool("packer"), ...(await makesImages()), await program("ssh-keygen", "openssh-client")];

/** What each machine has of others: programs, units that stay off, and images of containers. */
const roles: Readonly<Record<string, { programs: string[]; off: string[]; images: string[] }>> = {
  "mesos-master": { programs: [], off: ["mesos-master.service", "mesos-agent.service"], images: [] },
  "mesos-agent": {
    programs: ["/usr/sbin/dockerd"],
    off: ["mesos-master.service", "mesos-agent.service"],
    images: ["registrator"],
  },
  management: {
    programs: ["/usr/sbin/dockerd", "/usr/bin/cinc-server-ctl", "/usr/bin/sensuctl"],
    off: ["sensu-backend.service"],
    images: ["marathon"],
  },
  gocd: {
    programs: ["/opt/java/bin/java", "/usr/bin/cap", "/usr/bin/skopeo"],
    off: ["go-server.service", "go-agent.service"],
    images: [],
  },
};

describeWith("the machines that are made of what others publish", requirements, () => {
  const cleanUp = new CleanUp();
  const key = join(temporaryFolder("key"), "key");
  let network: string;
  let emulator: Emulator;
  let others: ThirdParty;
  let image: string;

  beforeAll(async () => {
    network = (await networkWithRange(cleanUp)).network;
    emulator = await Emulator.start(network, region, cleanUp);
    await succeeded(run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], { cwd: "/", env: process.env }));
    await emulator.importKeyPair("e2e", readFileSync(`${key}.pub`, "utf8"));
    others = await ThirdParty.start(network, cleanUp);
    await debianAmi();
    const packages = [...new Set(Object.keys(roles).flatMap(packagesOf))].sort();
    const folder = join(__dirname, "images");
    image = await built("packages-ami", { folder, arguments: { PACKAGES: packages.join(" ") } });
  }, 600_000);
  afterAll(() => cleanUp.run());

  describe.concurrent.each(Object.entries(roles))("%s", (role, { programs, off, images }) => {
    it(
      "is baked by its template, from files that are what was asked for (S1-05, S1-26)",
      async () => {
        const publicKey = readFileSync(`${key}.pub`, "utf8");
        const builder = await Machine.start({ image, network, region, publicKey, ports: [22] }, cleanUp);
        await builder.booted(180);
        // No registry can be reached from here; what the engine is asked for is noted.
        await builder.run(
          "sh",
          "-c",
          `printf '#!/bin/sh\\necho "$*" >>/tmp/docker\\n' >/usr/local/bin/docker && chmod 755 /usr/local/bin/docker
        mkdir -p /etc/systemd/system/docker.service.d && printf '[Service]\\nExecStart=\\nExecStart=/bin/sleep infinity\\nType=simple\\n' >/etc/systemd/system/docker.service.d/e2e.conf`,
        );
        const ssh = { ssh_host: "127.0.0.1", ssh_port: `${await builder.port(22)}`, ssh_private_key_file: key };
        const emulated = { region, ec2_endpoint: emulator.url, ssh_keypair_name: "e2e", ...ssh };
        await succeeded(
          packer("build", role, { variables: { ...emulated, ...others.variables(role) }, seconds: bakeSeconds }),
        );
        expect((await emulator.images()).map((image) => image.name)).toContain(imageName(role));

        const common = ["/usr/bin/cinc-client", "/usr/bin/aws", "/usr/local/bin/consul", "/usr/sbin/sensu-agent"];
        await builder.run("ls", ...common, ...programs);
        const state = async (unit: string) =>
          (await tryDocker("exec", builder.name, "systemctl", "is-enabled", unit)).stdout;
        for (const unit of off) expect([unit, await state(unit)]).toEqual([unit, "disabled\n"]);
        expect(await state("amazon-ssm-agent.service")).toBe("enabled\n");
        const digest = `sha256:${"a".repeat(64)}`;
        const asked = images.flatMap((name) => [
          `pull --quiet registry.invalid/${name}@${digest}`,
          `tag registry.invalid/${name}@${digest} slipway/${name}:baked`,
        ]);
        expect(await builder.run("sh", "-c", "cat /tmp/docker 2>/dev/null || true")).toBe(asked.join("\n"));
        await builder.stop();
      },
      1000 * (bakeSeconds + 120),
    );
  });

  describe("what bakes them", () => {
    /** Bakes with stand-ins for the commands that reach out. */
    const baked = async (downloads: string) => {
      const script = `mkdir /stand-ins && cd /stand-ins
printf '#!/bin/sh\\necho "$*" >>/calls\\n' >apt-get
printf '#!/bin/sh\\nwhile [ "$1" != -o ]; do shift; done\\ncase $3 in *gone) exit 22 ;; esac\\necho text >"$2"\\n' >curl
printf '#!/bin/sh\\n' >cloud-init
chmod 755 *; PATH=/stand-ins:$PATH PACKAGES= CONTAINER_IMAGES= UNITS_OFF= DOWNLOADS="$1" bash /bake.sh; code=$?; cat /calls; exit $code`;
      const mount = `${bake}:/bake.sh:ro`;
      return tryDocker(
        "run",
        "--rm",
        "--name",
        uniqueName("bake"),
        "-v",
        mount,
        await debianAmi(),
        "sh",
        "-c",
        script,
        "sh",
        downloads,
      );
    };
    const address = "https://example.org/cinc.deb";

    it("installs nothing of a file that is not the one that was checked", async () => {
      const { code, output } = await baked(`cinc.deb|${address}|${"0".repeat(64)}`);
      expect(code).toBe(1);
      expect(output).toMatch(
        /bake: https:\S+cinc\.deb has the SHA-256 [0-9a-f]{64}, and 0{64} was asked for; nothing of it is/,
      );
      expect(output).not.toMatch(/install .*cinc\.deb/);
    });

    it("says which address does not answer", async () => {
      const { code, output } = await baked(`cinc.deb|https://example.org/gone|${"0".repeat(64)}`);
      expect(code).toBe(1);
      expect(output).toContain("bake: cannot get https://example.org/gone; give the address of a mirror by -var");
    });

    it("makes no machine that could not converge (S1-26)", async () => {
      const { code, output } = await baked("");
      expect(code).toBe(1);
      expect(output).toContain("bake: there is no cinc-client: machines could not converge");
    });
  });
});
