import { imageCatalogue } from "../../core/image-catalogue";
import { machineType, unknownTypeFix } from "../../core/machine-types";
import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import { checkBounds } from "./machines";
import type { GuestbookMesosView } from "./rule";

/** Machines of known types that fit their images and what runs on them, in bounds that make sense. */
export function checkMesosMachines(view: GuestbookMesosView, report: Report): void {
  const { agents, gocd, images } = view;
  if (agents) checkBounds(["agents"], agents, report);
  if (gocd?.agents) checkBounds(["gocd", "agents"], gocd.agents, report);
  checkChef(view, report);
  for (const { path, type, image, memoryMib, why } of machinesOf(view)) {
    const role = images?.[image];
    if (type) checkType([...path, "type"], type, { role, memoryMib, why }, report);
  }
}

interface Need {
  readonly path: Path;
  readonly type: string | undefined;
  readonly image: keyof NonNullable<GuestbookMesosView["images"]>;
  readonly memoryMib: number;
  readonly why: string;
}

/** What runs on each kind of machine needs so much at least. */
function machinesOf({ zookeeper, masters, agents, gocd, frontends, management }: GuestbookMesosView): Need[] {
  const need = (path: Path, type: string | undefined, image: Need["image"], memoryMib: number, why: string): Need => {
    return { path, type, image, memoryMib, why };
  };
  const { together, apart } = (management ?? {}) as {
    together?: { type?: string };
    apart?: { [name in "chef" | "marathon" | "sensu"]?: { type?: string } };
  };
  const place: Path = ["management", "apart"];
  return [
    need(["zookeeper"], zookeeper?.type, "zookeeper", 1024, "ZooKeeper's heap and the system"),
    need(["masters"], masters?.type, "master", 2048, "a Mesos master and a Consul server"),
    need(["agents"], agents?.type, "agent", 2048, "Docker, and a task beside it"),
    need(["frontends"], frontends?.type, "frontend", 1024, "nginx and the system"),
    need(["gocd"], gocd?.type, "gocd", 2048, "GoCD's server"),
    need(["gocd", "agents"], gocd?.agents?.type, "gocd", 2048, "GoCD's agent, and a build beside it"),
    need(["management", "together"], together?.type, "management", 8192, "Chef server, Marathon and Sensu"),
    need([...place, "chef"], apart?.chef?.type, "management", 8192, "a Chef server"),
    need([...place, "marathon"], apart?.marathon?.type, "management", 2048, "Marathon"),
    need([...place, "sensu"], apart?.sensu?.type, "management", 2048, "the Sensu backend"),
  ];
}

function checkType(
  path: Path,
  type: string,
  { role, memoryMib, why }: { role: string | undefined; memoryMib: number; why: string },
  report: Report,
): void {
  const known = machineType(type);
  if (!known) {
    const want = "an EC2 instance type that Slipway knows";
    report(path, { code: "INSTANCE_TYPE", want, fix: unknownTypeFix(type) });
    return;
  }
  // A role that the catalogue lacks is reported where it is written.
  const built = role && imageCatalogue()[role]?.architecture;
  if (built && built !== known.architecture) {
    const want = `a type with ${built} processors, for which its image is built`;
    report(path, { code: "ARCH_MISMATCH", want, fix: "take a type of another family, such as t3" });
  }
  if (known.memoryMib < memoryMib) {
    const want = `a type with ${memoryMib} MiB of memory or more, for ${why}: ${type} has ${known.memoryMib}`;
    report(path, { code: "MACHINE_MEMORY", want, fix: "write a larger size" });
  }
}

/** A machine for the Chef server exactly where there is one. */
function checkChef({ configuration, management }: GuestbookMesosView, report: Report): void {
  if (!management || !("apart" in management) || !management.apart || configuration === undefined) return;
  const written = "chef" in management.apart;
  if (configuration === "server" && !written) {
    const want = "a machine for the Chef server, from which the others get their cookbooks";
    report(["management", "apart"], { code: "CHEF_MODE", want, fix: "add chef: {}, or write configuration: local" });
  } else if (configuration === "local" && written) {
    const want = "no machine for a Chef server, where configuration is local";
    report(["management", "apart", "chef"], { code: "CHEF_MODE", want, fix: "remove it", on: "key" });
  }
}
