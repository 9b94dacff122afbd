import { parseCidr } from "../../core/address-plan";
import { flatCidrFault } from "../../core/flat-range";
import { containerImageFault } from "../image-reference";
import { listOf, section, text, whole } from "./field";
import { files, sharedFiles } from "./files";
import { entrance, siteEntrance } from "./load-balancers";
import { cluster, machines } from "./machines";
import { mysqlChoice } from "./mysql-choice";
import { network } from "./network";
import { observation, prometheus } from "./observation";
import { systemRegion } from "./region";
import { safety } from "./safety";
import { health, service } from "./service";

const cidr = {
  code: "NET_CIDR_SYNTAX",
  want: "an IPv4 range in CIDR notation",
  fix: "write a range such as 10.0.0.0/24",
};
const ofCidr = { ...cidr, check: (range: string) => parseCidr(range).fault };
const zone = { code: "NET_AZ_FORM", want: "the name of an availability zone", fix: "write a zone such as eu-west-3a" };

const flatNetwork = section("The VPC of the system: one subnet takes all of its first range.", {
  cidr: text("IPv4 range of the VPC and its subnet, /16 to /28. Changing it replaces everything.", {
    ...cidr,
    check: (range) => {
      const fault = flatCidrFault(range);
      return fault && { code: "NET_CIDR_SIZE", ...fault };
    },
  }).default("10.0.0.0/24"),
  zone: text("Availability zone of the subnet. Changing it replaces everything.", zone),
  endpoints: network.shape.endpoints
    .unwrap()
    .optional()
    .describe(
      "AWS services that are reached inside the VPC, each billed by the hour. Without it, what the database needs.",
    ),
  flowLogDays: network.shape.flowLogDays,
  data: section("Subnets for RDS and Aurora, which want two zones, in a range of their own without a way in or out.", {
    cidr: text("IPv4 range beside that of the network, /16 to /25, such as 10.2.0.0/24.", ofCidr),
    zones: network.shape.zones,
  }).optional(),
  web: section(
    "Further zones, for an entrance, which wants two, and beside RDS and Aurora for the machines too. In a range of their own.",
    {
      cidr: text("IPv4 range beside those of the network and its data, /16 to /22, such as 10.3.0.0/22.", ofCidr),
      zones: listOf("Availability zones other than that of the network, one or more.", text("Its name.", zone)),
    },
  ).optional(),
});

const { cpu, memoryMib, port, count, scaling } = service.shape;
const { exec, environment, secrets, drainSeconds, logDays, redeployOnRotation } = service.shape;

export const mysqlService = section("WordPress: one task on a port of its machine, or several behind the entrance.", {
  image: text("The image, by its full reference.", {
    code: "IMAGE_REF",
    want: "an image reference with registry, repository and version",
    fix: "write for example docker.io/library/wordpress:6.8.3-php8.3-apache",
    check: containerImageFault,
  }).default("docker.io/library/wordpress:6.8.3-php8.3-apache"),
  ...{ cpu, memoryMib, port },
  hostPort: whole("Port of the machine on which the internet gets in, where there is no entrance. Without it, 80.", {
    code: "PORT_RANGE",
    min: 1,
    max: 32_767,
    fix: "write 80; Docker gives the ports above 32767 to others",
  }).optional(),
  ...{ count, scaling, health: health.optional() },
  ...{ exec, environment, secrets, drainSeconds, logDays, redeployOnRotation },
});

/** WordPress on ECS, in one subnet with its database. */
export const wordpressMysql = section(
  "WordPress on ECS and MySQL side by side: network, machines, database, service.",
  {
    region: systemRegion,
    network: flatNetwork,
    cluster: cluster.prefault({}),
    machines: section("The EC2 machines that tasks run on.", {
      type: machines.shape.type,
      min: whole("Machines that always run.", { code: "SCALE_BOUNDS", min: 0, max: 5000 }).default(1),
      desired: whole("Machines at the start; ECS sets the number afterwards. Without it, min, or 1.", {
        code: "SCALE_BOUNDS",
        min: 0,
        max: 5000,
      }).optional(),
      max: whole("Machines that never are exceeded.", { code: "SCALE_BOUNDS", min: 1, max: 5000 }).default(3),
      ...{ volumeGib: machines.shape.volumeGib, image: machines.shape.image },
    }).prefault({}),
    database: mysqlChoice,
    files: section(
      "What WordPress writes, in files that outlive the task and the machine (EFS), billed by what is stored, read and written. Without it, it goes with the task. Turned on, the next task finds them empty; with onRemoval: keep, Terraform refuses to remove them.",
      { ...files.shape, path: sharedFiles("/var/www/html/wp-content") },
    ).optional(),
    entrance: section(
      "A load balancer before the machines, and what stands before it. Needs network.web. Without it, visitors reach the one machine itself.",
      {
        ...siteEntrance("there is but one, and visitors find nobody meanwhile"),
        accessLogDays: entrance.shape.accessLogDays,
      },
    ).optional(),
    service: mysqlService.prefault({}),
    ...observation,
    ...safety,
    prometheus: prometheus.optional(),
  },
);
