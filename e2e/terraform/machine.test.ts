import { beforeAll, expect, it } from "vitest";
import { Machine, type MachineProps } from "../../modules/machine";
import { FlatNetwork } from "../../modules/network";
import { synthesize } from "../../src/testing/synthesize";
import { terraformWithStandIn } from "../support/aws";
import { describeWith } from "../support/requirements";
import { stackOf } from "../support/stacks";
import { type Change, newWorld, Workspace } from "../support/terraform";

const requirements = await terraformWithStandIn();

const images = { old: "ami-0123456789abcdef0", new: "ami-0fedcba9876543210" };

/** A database server in the one subnet of its network, with a data volume. */
const described = (props: Partial<MachineProps> = {}) =>
  synthesize((stack) => {
    const { placement, zone, cidr } = new FlatNetwork(stack, "network", {
      ...{ name: "machine-test", region: "eu-west-1", cidr: "10.0.0.0/24", zone: "eu-west-1a" },
    });
    new Machine(stack, "database", {
      ...{ name: "machine-test", placement, zone, subnetCidr: cidr, privateIp: "10.0.0.151" },
      ...{ image: { amiId: images.old }, instanceType: "t3.small", dataGib: 20, ports: 3306 },
      userData: ({ dataVolumeId }) => `#!/bin/sh\n# \${HOME} %{x} ${dataVolumeId}\n`,
      ...props,
    });
  }).document;

const newImage = { image: { amiId: images.new } };
const summary = (changes: readonly Change[]) => changes.map(({ type, actions }) => `${type} ${actions.join("+")}`);

/** A machine that runs as described, and what becomes of it when its description changes. */
function running(before: Partial<MachineProps>) {
  let workspace: Workspace;
  const apply = async (props: Partial<MachineProps>) => {
    workspace.hold(described(props));
    return workspace.apply();
  };
  return {
    apply,
    launched: async () => {
      workspace = new Workspace(stackOf("machine", described(before)), { world: newWorld() });
      await workspace.validate();
      expect((await workspace.apply()).output).toContain("Apply complete!");
    },
    planned: async (props: Partial<MachineProps>) => {
      workspace.hold(described({ ...before, ...props }));
      return summary(await workspace.changes());
    },
    values: async (type: string) => (await workspace.state()).find((each) => each.type === type)?.values,
    destroyed: async () => workspace.destroy(),
  };
}

describeWith("a machine that may be replaced", requirements, () => {
  const { launched, planned, apply, values, destroyed } = running({ onRemoval: "destroy" });
  beforeAll(launched);

  it("changes nothing when nothing has changed", async () => {
    expect(await planned({})).toEqual([]);
  });

  it("reads its user data as it was written, with the id of its data volume", async () => {
    const { id } = await values("aws_ebs_volume");
    expect((await values("aws_instance")).user_data).toBe(`#!/bin/sh\n# \${HOME} %{x} ${id}\n`);
  });

  it("gets another interface with another address", async () => {
    expect(await planned({ privateIp: "10.0.0.152" })).toContain("aws_network_interface delete+create");
  });

  it("hands its address and its data volume on when a new image replaces it (R-18)", async () => {
    const changes = await planned(newImage);
    expect(changes).toContain("aws_instance delete+create");
    expect(changes.filter((change) => /^aws_(ebs_volume|network_interface) /.test(change))).toEqual([]);

    const before = [await values("aws_ebs_volume"), await values("aws_network_interface")];
    const { id: machine } = await values("aws_instance");
    expect((await apply({ onRemoval: "destroy", ...newImage })).output).toContain("1 destroyed");
    expect([await values("aws_ebs_volume"), await values("aws_network_interface")]).toEqual(before);
    expect((await values("aws_instance")).id).not.toBe(machine);
  });

  it("goes with its stack", async () => {
    expect((await destroyed()).output).toContain("Destroy complete!");
  });
});

describeWith("a machine that is kept", requirements, () => {
  const { launched, apply, values, destroyed } = running({});
  beforeAll(launched);

  it("is replaced only after that was allowed, in an apply before, and its volume never is (problem 23)", async () => {
    const { id } = await values("aws_ebs_volume");
    const refused = await apply(newImage);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/aws_instance/);
    expect((await values("aws_instance")).ami).toBe(images.old);

    expect((await apply({ replacement: "allowed" })).output).toContain("0 added, 2 changed, 0 destroyed");
    expect((await apply({ replacement: "allowed", ...newImage })).output).toContain("Apply complete!");
    expect((await values("aws_instance")).ami).toBe(images.new);
    expect((await values("aws_ebs_volume")).id).toBe(id);
  });

  it("outlives a wrong destroy: Terraform does not even plan it (problem 23)", async () => {
    const { code, output } = await destroyed();
    expect(code).not.toBe(0);
    expect(output).toMatch(/aws_ebs_volume.*prevent_destroy/s);
  });
});
