import { hostAddressFault, secondCidrFault } from "../../core/flat-range";
import { bakedImage } from "../../core/image-catalogue";
import { machineType, unknownTypeFix } from "../../core/machine-types";
import { checkPlacement } from "../../core/placement-check";
import type { Report } from "../report";
import { connectionVariables, encryptionVariable } from "../variables";
import { checkRds, checkWindows } from "./database";
import { checkBounds, checkImage, highest, onEachMachine } from "./machines";
import { checkEndpoints, checkZone, checkZones } from "./network";
import type { Rule, WordpressMysqlView } from "./rule";
import { checkVariables } from "./services";
import { checkWays } from "./wordpress-mysql-ways";

type Database = NonNullable<WordpressMysqlView["database"]>;

/** What the fields of WordPress with MySQL beside it say about each other. */
export const wordpressMysqlRule: Rule = ({ region, wordpressMysql }, reportAt) => {
  if (!wordpressMysql) return;
  const report: Report = (path, fault) => reportAt(["wordpressMysql", ...path], fault);
  // A region that was written and is wrong is not the environment's either.
  const home = "region" in wordpressMysql ? wordpressMysql.region : region;
  checkNetwork(wordpressMysql, home, report);
  checkMachines(wordpressMysql, home, report);
  checkService(wordpressMysql, report);
  checkWays(wordpressMysql, home, report);
  checkDatabase(wordpressMysql, report);
};

function checkNetwork({ network = {} }: WordpressMysqlView, region: string | undefined, report: Report): void {
  const { cidr, zone, data, endpoints } = network;
  if (zone && region) checkZone(["network", "zone"], zone, region, report);
  if (data?.zones) checkZones(["network", "data", "zones"], data.zones, region, report);
  const fault = cidr && data?.cidr ? secondCidrFault(data.cidr, cidr) : undefined;
  if (fault) report(["network", "data", "cidr"], { code: "NET_CIDR_CONFLICT", ...fault });
  checkEndpoints(["network", "endpoints"], endpoints, report);
}

function checkMachines(
  { machines, service, prometheus, ...system }: WordpressMysqlView,
  region: string | undefined,
  report: Report,
): void {
  if (!machines) return;
  checkBounds(["machines"], machines, report);
  checkImage(["machines"], machines, region, report);
  const { type } = machines;
  if (!type || !checkType(["machines", "type"], type, report) || !service?.cpu || !service.memoryMib) return;
  const { cpu, memoryMib, hostPort = 80, scaling, count = 1 } = service;
  // Without an entrance one task, on a port of its machine, and none beside it during a deployment.
  const direct = { hostPort, rolling: { minHealthyPercent: 0, maxPercent: 100 }, count: 1 };
  const way = "entrance" in system ? { count: highest(scaling, count) } : direct;
  const only = { name: "service", cpu, memoryMib, ...way };
  const on = { type, max: machines.max ?? Number.POSITIVE_INFINITY, everywhere: onEachMachine(prometheus) };
  for (const { service: placed, prop, want, fix } of checkPlacement(on, [only])) {
    report(placed === undefined ? ["machines", prop] : ["service", prop], { code: "TASK_PLACEMENT", want, fix });
  }
}

function checkType(path: readonly string[], type: string, report: Report): boolean {
  if (machineType(type)) return true;
  const want = "an EC2 instance type that Slipway knows";
  report(path, { code: "INSTANCE_TYPE", want, fix: unknownTypeFix(type) });
  return false;
}

/** Ports that ECS keeps for the machine itself. */
const machinePorts = [22, 2375, 2376];
/** The official image, which answers on one port whatever it is told. */
const official = /^((docker\.io|registry-1\.docker\.io)\/)?(library\/)?wordpress[:@]/;

function checkService({ service, database }: WordpressMysqlView, report: Report): void {
  if (!service) return;
  const { image, port, hostPort } = service;
  const names = [...connectionVariables, ...(database && !("machine" in database) ? [encryptionVariable] : [])];
  checkVariables(service, { names }, (path, fault) => report(["service", ...path], fault));
  if (image && official.test(image) && port !== undefined && port !== 80) {
    const want = "80, the port on which the official image answers";
    report(["service", "port"], {
      code: "PORT_IMAGE",
      want,
      fix: "write 80, or remove the line; hostPort is the other end",
    });
  }
  if (hostPort !== undefined && machinePorts.includes(hostPort)) {
    const want = `a port that is free on the machine: ECS keeps ${machinePorts.join(", ")}`;
    report(["service", "hostPort"], { code: "PORT_RANGE", want, fix: "write 80" });
  }
}

function checkDatabase({ network, database }: WordpressMysqlView, report: Report): void {
  if (!database) return;
  const kind = "rds" in database ? "rds" : "aurora" in database ? "aurora" : "machine";
  if ("machine" in database) checkMachine(database, network, report);
  if ("rds" in database && database.rds) checkRds(["database", "rds"], database.rds, report);
  if ("aurora" in database && database.aurora) checkAurora(database.aurora, report);
  if (kind !== "machine" && network && !network.data) {
    const want = `network.data, the subnets of two zones that ${kind} lives in`;
    const fix = "add to network for example data: { cidr: 10.2.0.0/24, zones: [<zone>, <another zone>] }";
    report(["database", kind], { code: "DATABASE_SUBNETS", want, fix });
  }
}

/** Accounts that a server has from the start. */
const serverAccounts = ["root", "mysql", "mariadb"];

function checkMachine(
  { machine, user }: Extract<Database, { machine?: unknown }>,
  network: WordpressMysqlView["network"],
  report: Report,
): void {
  const { type, address, image } = machine ?? {};
  const known = type !== undefined && checkType(["database", "machine", "type"], type, report);
  const [wanted, built] = [
    known && machineType(type)?.architecture,
    image?.role && bakedImage(image.role).architecture,
  ];
  if (wanted && built && wanted !== built) {
    const want = `a type with ${built} processors, for which packer/images.json bakes ${image?.role}`;
    const fix = `take a type such as t3.small, or bake the image for ${wanted}`;
    report(["database", "machine", "type"], { code: "ARCH_MISMATCH", want, fix });
  }
  const fault = address && network?.cidr ? hostAddressFault(address, network.cidr) : undefined;
  if (fault) report(["database", "machine", "address"], { code: "NET_ADDRESS", ...fault });
  if (user && serverAccounts.includes(user.toLowerCase())) {
    const want = "an account that the server does not have from the start";
    report(["database", "user"], {
      code: "RDS_USERNAME",
      want,
      fix: "name it after the application, such as wordpress",
    });
  }
  if (network?.endpoints && !network.endpoints.includes("secretsmanager")) {
    const want =
      "secretsmanager among them: without it the database's machine, which has no way out, cannot read its password";
    const got = network.endpoints.length === 0 ? "no endpoint" : network.endpoints.join(", ");
    report(["network", "endpoints"], {
      code: "NET_EGRESS_MISSING",
      got,
      want,
      fix: "add secretsmanager, or remove the line",
    });
  }
}

type Aurora = NonNullable<Extract<Database, { aurora?: unknown }>["aurora"]>;

function checkAurora(aurora: Aurora, report: Report): void {
  checkWindows(["database", "aurora"], aurora, report);
  const { capacity } = aurora;
  if (!capacity || !("serverless" in capacity)) return;
  const { minAcu, maxAcu } = capacity.serverless ?? {};
  if (minAcu === undefined || maxAcu === undefined || minAcu <= maxAcu) return;
  const path = ["database", "aurora", "capacity", "serverless", "minAcu"];
  report(path, { code: "AURORA_CAPACITY", want: `at most maxAcu, ${maxAcu}`, fix: "lower it, or raise maxAcu" });
}
