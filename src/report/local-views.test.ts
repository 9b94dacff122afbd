import { describe, expect, it } from "vitest";
import { diagram, exposure, inventory, mermaid } from ".";

const labels = { networks_advanced: [{ name: "${docker_network.net.name}" }] };
const container = (name: string, more: object = {}) => ({
  "//": { metadata: { path: `shop-local/${name}/container` } },
  name: `shop-local-${name}`,
  image: "${docker_image.image.image_id}",
  memory: 128,
  networks_advanced: [{ ...labels.networks_advanced[0], aliases: [name] }],
  ...more,
});
const ports = [{ internal: 80, external: 8080, ip: "127.0.0.1", protocol: "tcp" }];
const stacks = (more: object = {}) => [
  {
    name: "shop-local",
    document: {
      resource: {
        docker_network: { net: { "//": { metadata: { path: "shop-local/network/network" } }, name: "shop-local" } },
        docker_image: { image: { name: "docker.io/library/postgres:17" }, web: { name: "localhost/shop:1.0.0" } },
        docker_container: {
          database: container("database"),
          web: container("web", {
            image: "${docker_image.web.image_id}",
            ports,
            depends_on: ["docker_container.database"],
            ...more,
          }),
        },
      },
    },
  },
];

describe("containers on this machine", () => {
  it("are in the inventory, with their image and the most memory that they take", () => {
    expect(inventory(stacks()).running).toEqual([
      expect.objectContaining({
        what: "container on this machine",
        detail: "docker.io/library/postgres:17, up to 128 MiB",
      }),
      expect.objectContaining({ least: 1, most: 1, detail: "localhost/shop:1.0.0, up to 128 MiB" }),
    ]);
  });

  it("are reached by this machine at their port, and by nobody from outside", () => {
    const { world, inside, arrows } = exposure(stacks());
    expect(world).toEqual([]);
    expect(inside).toEqual([
      expect.objectContaining({ group: "shop-local/web", from: "127.0.0.1", ports: "tcp 8080" }),
    ]);
    expect(arrows).toEqual([expect.objectContaining({ from: "shop-local/web", to: "shop-local/database" })]);
  });

  it.each([
    ["without an address", [{ internal: 80, external: 8080 }], "0.0.0.0"],
    ["on every address", [{ internal: 80, external: 8080, ip: "0.0.0.0" }], "0.0.0.0"],
    ["on an address of the network", [{ internal: 80, external: 8080, ip: "192.168.1.7" }], "192.168.1.7"],
  ])("are open to the outside with a port %s", (_, open, from) => {
    expect(exposure(stacks({ ports: open })).world).toEqual([expect.objectContaining({ from, ports: "tcp 8080" })]);
  });

  it("are drawn in their network, with who calls whom", () => {
    const drawn = diagram(stacks());
    expect(drawn.areas).toEqual([expect.objectContaining({ label: "network shop-local" })]);
    const [database, web, machine] = drawn.things;
    expect(database).toMatchObject({ kind: "database", label: ["database", "docker.io/library/postgres:17"] });
    expect(web).toMatchObject({ kind: "containers", label: ["web", "localhost/shop:1.0.0"] });
    expect([database!.area, web!.area]).toEqual([drawn.areas[0]!.id, drawn.areas[0]!.id]);
    expect(machine).toMatchObject({ kind: "outside", label: ["127.0.0.1"] });
    expect(drawn.lines.map(({ from, to, label }) => [from, to, label])).toEqual([
      [web!.id, database!.id, "all ports"],
      [machine!.id, web!.id, "tcp 8080"],
    ]);
    expect(mermaid(drawn)).toContain("network shop-local");
  });
});
