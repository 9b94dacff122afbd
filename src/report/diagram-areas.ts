import { isReference } from "../core/terraform-json";
import type { Area, Thing } from "./picture";
import { type Entry, nameOf, type System } from "./system";

/** The frames of a diagram: each VPC, and the tiers of its subnets. */
export class Areas {
  private readonly all = new Map<string, Area>();
  private readonly tierOf = new Map<Entry, Area>();

  constructor(private readonly system: System) {
    for (const vpc of system.all("aws_vpc")) {
      const id = idOf("vpc", nameOf(vpc));
      this.all.set(id, { id, label: `VPC ${vpc.body.cidr_block}` });
    }
    for (const network of system.all("docker_network")) {
      const area = { id: idOf("network", nameOf(network)), label: `network ${network.body.name}` };
      this.all.set(area.id, area);
      this.tierOf.set(network, area);
    }
    const tiers = new Map<string, Entry[]>();
    for (const subnet of system.all("aws_subnet")) {
      const tier = nameOf(subnet).replace(/\/[^/]*$/, "");
      tiers.set(tier, [...(tiers.get(tier) ?? []), subnet]);
    }
    for (const [tier, subnets] of tiers) {
      const zones = subnets.map(({ body }) => body.availability_zone).filter((zone) => zone && !isReference(zone));
      const vpc = this.vpcOf(subnets[0]!);
      const parent = vpc && idOf("vpc", nameOf(vpc));
      const area = { id: idOf("tier", tier), label: [tier.split("/").at(-1), zones.join(", ")].join(": "), parent };
      this.all.set(area.id, area);
      for (const subnet of subnets) this.tierOf.set(subnet, area);
    }
  }

  /** The VPC of a subnet, which may lie in a range that the VPC got later. */
  private vpcOf(subnet: Entry): Entry | undefined {
    const [found] = this.system.resolve(subnet.body.vpc_id, subnet);
    if (found?.type !== "aws_vpc_ipv4_cidr_block_association") return found;
    return this.system.resolve(found.body.vpc_id, found)[0];
  }

  /** The tier that holds all of the subnets among what a thing refers to; their VPC where there are several. */
  of(related: readonly Entry[]): string | undefined {
    const tiers = [...new Set(related.flatMap((one) => this.tierOf.get(one) ?? []))];
    if (tiers.length === 1) return tiers[0]!.id;
    const vpcs = related.filter(({ type }) => type === "aws_vpc").map((vpc) => idOf("vpc", nameOf(vpc)));
    return tiers[0]?.parent ?? vpcs[0];
  }

  used(things: readonly Thing[]): Area[] {
    const needed = new Set(things.map(({ area }) => area));
    for (const { id, parent } of this.all.values()) if (needed.has(id)) needed.add(parent);
    return [...this.all.values()].filter(({ id }) => needed.has(id));
  }
}

/** A word that Mermaid and Graphviz take for a name. */
export const idOf = (kind: string, name: string) =>
  `${kind}_${name.replaceAll(/[^A-Za-z0-9]/g, (other) => (/[-/ .,]/.test(other) ? "_" : other.codePointAt(0)!.toString(16)))}`;
