import { machineRoleFault } from "../image-roles";
import { database as rdsDatabase } from "./database";
import { choice, halves, oneOf, section, text, whole } from "./field";
import { machines } from "./machines";

const { name, user, engine: _, ...rdsFields } = rdsDatabase.shape;
const common = { name, user };

const machine = section("A machine that boots from the image of a role: MySQL as we run it ourselves.", {
  type: machines.shape.type,
  address: text("Its address in the network, by which WordPress knows it. It stays when the machine is replaced.", {
    code: "NET_ADDRESS",
    want: "an IPv4 address of the network",
    fix: "write an address such as 10.0.0.151",
    pattern: /^\d{1,3}(\.\d{1,3}){3}$/,
  }).default("10.0.0.151"),
  rootGib: whole("Size of the encrypted root volume, in GiB. It goes with the machine.", {
    code: "EBS_SIZE",
    min: 8,
    max: 16_384,
  }).default(8),
  dataGib: whole(
    "Size of the encrypted volume with the data, in GiB. It can grow, never shrinks, and outlives the machine.",
    {
      code: "EBS_SIZE",
      min: 1,
      max: 16_384,
    },
  ).default(20),
  image: section("The image that Packer bakes.", {
    role: text("Role of packer/images.json.", {
      code: "IMAGE_ROLE",
      want: "a role of packer/images.json that is baked for machines",
      check: machineRoleFault,
    }).default("mysql"),
  }).prefault({}),
  replacement: choice(
    "Whether the machine may be replaced, as by a new image. Without it: not where data are kept.",
    ["allowed", "refused"],
    { code: "MACHINE_REPLACEMENT", fix: "write allowed, deploy, and only then change the image" },
  ).optional(),
  secretVersion: whole("Number of the database's password: another one makes another password.", {
    code: "SECRET_VERSION",
    min: 1,
    max: 2_147_483_647,
  }).default(1),
});

const capacity = oneOf(
  "What the members run on: capacity that follows the load, or a class.",
  [
    section("Aurora capacity units of each member, about 2 GiB of memory each.", {
      serverless: section("Both ends.", {
        minAcu: halves("At least so many, in halves. 0 lets an idle cluster pause.", {
          code: "AURORA_CAPACITY",
          min: 0,
          max: 256,
        }),
        maxAcu: halves("At most so many, in halves.", { code: "AURORA_CAPACITY", min: 1, max: 256 }),
      }),
    }),
    section("A class of machines.", {
      instanceClass: text("Class of each member, such as db.r7g.large.", {
        code: "RDS_CLASS",
        want: "a class of Aurora such as db.r7g.large",
        fix: "Aurora MySQL runs on families t3, t4g, r and x, from medium on",
        pattern: /^db\.(t3|t4g)\.(medium|large)$|^db\.([rx][2-9]\w*)\.(large|\d*xlarge)$/,
      }),
    }),
  ],
  {
    code: "AURORA_CAPACITY",
    want: "a map with serverless or with instanceClass",
    fix: "write { serverless: { minAcu: 0.5, maxAcu: 4 } }",
  },
);

const aurora = section("An Aurora cluster: data in three zones, and readers of which one takes over.", {
  version: choice(
    "Version of MySQL that it is compatible with, in quotes; the minor one follows AWS.",
    ["8.0", "8.4"],
    {
      code: "RDS_ENGINE",
      fix: 'give the version of MySQL in quotes: "8.4"',
    },
  ).default("8.4"),
  capacity,
  readers: whole("Members beside the writer; one takes over within a minute.", {
    code: "AURORA_READERS",
    min: 0,
    max: 15,
  }).default(1),
  backupDays: rdsFields.backupDays,
  backtrackHours: whole("Hours by which the cluster can be wound back in place. Without it, not at all.", {
    code: "AURORA_BACKTRACK",
    min: 1,
    max: 72,
  }).optional(),
  backupWindow: rdsFields.backupWindow,
  maintenanceWindow: rdsFields.maintenanceWindow,
});

const machineForm = section("MySQL on a machine of our own.", { machine: machine.prefault({}), ...common });

/** Where the data live: on a machine, in RDS or in Aurora. A change from one to another does not take the data along. */
export const mysqlChoice = oneOf(
  "The database: on a machine, in RDS or in Aurora. Changing from one to another leaves the data behind.",
  [
    machineForm,
    section("MySQL in RDS.", { rds: section("The RDS server. RDS makes the password.", rdsFields), ...common }),
    section("Aurora.", { aurora, ...common }),
  ],
  {
    code: "DATABASE_KIND",
    want: "a map with one of machine, rds and aurora",
    fix: "write database: { machine: {} }, or leave it out",
  },
).default(machineForm.parse({}));
