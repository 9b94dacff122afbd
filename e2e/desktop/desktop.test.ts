import { afterAll, beforeAll, expect, it } from "vitest";
import { CleanUp, eventually, program } from "../machine/harness/engine";
import { makesImages } from "../machine/harness/images";
import { describeWith } from "../support/requirements";
import { Box } from "./box";
import { baseName, nodeBase } from "./node-base";

const requirements = [
  ...[await program("vagrant", "vagrant"), await program("npm", "npm")],
  ...[await program("ssh-keygen", "openssh-client"), ...(await makesImages())],
];
const registry = "registry.example.com:5000";
const visits = (page: string) => Number(/id="visits">([\d,]+)</.exec(page)![1]!.replaceAll(",", ""));

describeWith("the guestbook on a desktop", requirements, () => {
  const cleanUp = new CleanUp();
  let box: Box;
  let said: string;
  let before: string;

  beforeAll(async () => {
    box = await Box.describe(cleanUp, { GUESTBOOK_REGISTRY: registry });
    const [archive] = await Promise.all([nodeBase(cleanUp), box.vagrant("up", "--provision-with", "engine")]);
    // No registry can be reached in every CI.
    await box.load(archive, baseName);
    before = await box.started();
    said = await box.vagrant("up", "--provision");
  }, 900_000);
  afterAll(() => cleanUp.run());

  it("is described without a mistake (S0-01)", async () => {
    expect(await box.vagrant("validate")).toContain("validated successfully");
  });

  it("is refused with a name of an image that Docker or a shell would read otherwise (S0-R02)", async () => {
    const strange = await Box.describe(new CleanUp(), { GUESTBOOK_REGISTRY: "example.com; reboot" });
    expect(await strange.tryVagrant("validate")).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        "GUESTBOOK_REGISTRY must be a registry's host, such as registry.example.com:5000",
      ),
    });
  });

  it("comes up in four steps, in their order (S0-02, S0-03, S0-05, S0-06, S0-08, S0-13)", () => {
    expect([...said.matchAll(/Running provisioner: (\w+) \((\w+)\)/g)].map(([, name, type]) => [name, type])).toEqual([
      ["engine", "shell"],
      ["image", "docker"],
      ["bootstrap", "shell"],
      ["puppet", "puppet"],
      ["postbootstrap", "shell"],
    ]);
    expect(said).toContain(`Successfully tagged ${registry}/guestbook:desktop`);
  });

  it("reboots at the end, and everything comes back by itself (S0-07, S0-09 to S0-11)", async () => {
    expect(await box.started()).not.toBe(before);
    await eventually("boot", 60, async () => expect(await box.run("systemctl", "is-system-running")).toBe("running"));
    for (const unit of ["docker", "redis-server", "postgresql", "guestbook"]) {
      expect([unit, await box.run("systemctl", "is-active", unit)]).toEqual([unit, "active"]);
    }
  });

  it("answers at its address, counts in Redis and keeps entries in PostgreSQL (S0-09 to S0-12, S0-14)", async () => {
    const first = visits(await box.page());
    expect(visits(await box.page())).toBe(first + 1);
    const body = new URLSearchParams({ name: "Zoë", message: "Grüße vom Schreibtisch ⛵" });
    expect(await box.page("/", { method: "POST", body })).toContain("Grüße vom Schreibtisch ⛵");
    const query = 'psql --tuples-only --no-align --command "SELECT name FROM guestbook" guestbook';
    expect(await box.run("su", "postgres", "-c", query)).toBe("Zoë");
  });

  it("takes Redis and the database from its own machine only, whatever the original opened (S0-R01)", async () => {
    const listening = await box.run("ss", "--listening", "--tcp", "--numeric", "--no-header");
    const addresses = [...listening.matchAll(/(\S+):(6379|5432)\s/g)].map(([, address, port]) => `${port} ${address}`);
    expect(addresses.sort()).toEqual(["5432 127.0.0.1", "5432 192.168.31.1", "6379 127.0.0.1", "6379 192.168.31.1"]);
    expect(listening).toMatch(/0\.0\.0\.0:80\s/);
  });

  it("has a password that only root can read, that no log has, and that a second run keeps", async () => {
    const password = await box.run("cat", "/etc/guestbook/database_password");
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(said).not.toContain(password);
    expect(await box.run("stat", "--format", "%a %U", "/etc/guestbook", "/etc/guestbook/environment")).toBe(
      "700 root\n600 root",
    );
    await box.vagrant("provision", "--provision-with", "bootstrap");
    expect(await box.run("cat", "/etc/guestbook/database_password")).toBe(password);
  });

  it("is left alone by Puppet when nothing is to be done (S0-05)", async () => {
    const again = await box.vagrant("provision", "--provision-with", "puppet");
    expect(again).toContain("Applied catalog");
    expect(again).not.toMatch(/Notice: \/Stage|Warning|Error/);
  });

  it("keeps its entries when Docker and the guestbook start anew (S0-11)", async () => {
    await box.run("systemctl", "restart", "docker");
    expect(await box.page()).toContain("Zoë");
  });
});
