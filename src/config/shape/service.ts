import * as z from "zod";
import { arnForms } from "../../core/arn";
import { isTimeZone, scheduleFault } from "../../core/schedule";
import { imageFault } from "../image-reference";
import { envNameFault, envValueFault } from "../variables";
import { expectations, flag, logDays, mapOf, oneOf, section, text, whole } from "./field";
import { sharedFiles } from "./files";
import { nameKey } from "./load-balancers";

const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .max(128);
expectations.add(variableName, { code: "ENV_NAME", want: "the name of a variable", check: envNameFault });

const secretArn = text("Secret of Secrets Manager, by its full ARN.", {
  code: "SECRET_REF",
  want: "the full ARN of a Secrets Manager secret, with the six characters at its end",
  fix: "copy it from Secrets Manager; for one value of a JSON secret write { arn: …, key: … }",
  pattern: arnForms.secret,
});

/** Key of whoever encrypts secrets with one of their own. */
export const secretKeyArn = text(
  "KMS key of your own that the secret is encrypted with, by its ARN; leave it out for AWS's key.",
  {
    code: "SECRET_KEY",
    want: "the ARN of a KMS key, with key/ and its id",
    fix: "copy the ARN of the key itself from KMS: permissions know no alias",
    pattern: arnForms.keyItself,
  },
);

const secret = oneOf(
  "Where the value is: a secret, or one value of a secret that is JSON.",
  [
    secretArn,
    section("A secret: all of it, or one value where it is a JSON object.", {
      arn: secretArn,
      key: text("Key of the value in the JSON object.", {
        code: "SECRET_REF",
        want: "a key of the secret's JSON object, without : $ {} and spaces",
        fix: "write the key as it stands in Secrets Manager",
        pattern: /^[^:${}\s]{1,128}$/,
      }).optional(),
      kmsKeyArn: secretKeyArn.optional(),
    }),
  ],
  {
    code: "SECRET_REF",
    want: "the ARN of a secret, or a map with arn, and key and kmsKeyArn where needed",
    fix: "write the ARN in one line",
  },
);

const threshold = { code: "HC_THRESHOLD", min: 2, max: 10 } as const;

export const health = section("When a task counts as healthy.", {
  path: text("Path that is asked for.", {
    code: "HC_PATH",
    want: "a path of at most 1024 characters that begins with /, without spaces and braces",
    fix: "write a path such as /",
    pattern: /^\/[!-z|~]{0,1023}$/,
  }).default("/"),
  matcher: text("HTTP status codes of a healthy answer: one, a list, or a range.", {
    code: "HC_MATCHER",
    want: "status codes from 200 to 499: one, several with commas, or a range",
    fix: "write for example 200-302",
    pattern: /^[2-4]\d\d([,-][2-4]\d\d)*$/,
  }).default("200-302"),
  intervalSeconds: whole("Seconds between two questions.", { code: "HC_INTERVAL", min: 5, max: 300 }).default(30),
  timeoutSeconds: whole("Seconds to wait for an answer; less than the interval.", {
    code: "HC_TIMEOUT",
    min: 2,
    max: 120,
  }).default(5),
  healthyThreshold: whole("Good answers in a row until a task gets requests.", threshold).default(2),
  unhealthyThreshold: whole("Bad answers in a row until a task is replaced.", threshold).default(3),
  graceSeconds: whole("Seconds after its start in which a task may be unhealthy.", {
    code: "HC_GRACE",
    min: 0,
    max: 2_147_483_647,
  }).default(120),
});

const bound = { code: "SCALE_BOUNDS", min: 1, max: 5000 } as const;
const percent = { code: "SCALE_TARGET", min: 1, max: 100 } as const;

const scheduled = section("Other bounds, from a moment on.", {
  at: text("When: once, or again and again in AWS's form of cron, which has six fields.", {
    code: "SCALE_SCHEDULE",
    want: "at(yyyy-mm-ddThh:mm:ss), or cron(minutes hours day-of-month month day-of-week year)",
    check: (schedule) => {
      const fault = scheduleFault(schedule);
      return fault && { code: "SCALE_SCHEDULE", ...fault };
    },
  }),
  timeZone: text("Time zone of at, by its name. It follows summer time.", {
    code: "TIME_ZONE",
    want: "the name of a time zone",
    check: (zone) =>
      isTimeZone(zone)
        ? undefined
        : { code: "TIME_ZONE", want: "the name of a time zone", fix: "write for example Europe/Paris, or UTC" },
  }).default("UTC"),
  min: whole("Fewest tasks from then on. From 0, nothing would ever start one again.", bound),
  max: whole("Most tasks from then on.", bound),
});

const scaling = section("The number of tasks follows the load, between two bounds. At least one of the last four.", {
  min: whole("Fewest tasks. From 0, nothing would ever start one again.", { code: "SCALE_BOUNDS", min: 1, max: 5000 }),
  max: whole("Most tasks.", { code: "SCALE_BOUNDS", min: 1, max: 5000 }),
  cpuPercent: whole("Average CPU use to aim at, in percent of cpu.", percent).optional(),
  memoryPercent: whole("Average memory use to aim at, in percent of memoryMib.", percent).optional(),
  requestsPerTarget: whole("Requests per minute and task to aim at.", {
    code: "SCALE_TARGET",
    min: 1,
    max: 10_000_000,
  }).optional(),
  schedule: mapOf(
    "Other bounds at some times, by names such as morning. Each holds until the next one comes.",
    nameKey(32),
    scheduled,
  ).optional(),
});

const route = section("Requests that the service answers.", {
  path: text("Path pattern: * is any text, ? any character.", {
    code: "LB_RULE_PATH",
    want: "a path pattern such as /shop/*",
  }).default("/*"),
  host: text("Host name, or a pattern of one. Without it, any host.", {
    code: "LB_RULE_HOST",
    want: "a host name such as shop.example.com",
  }).optional(),
  priority: whole("Place among the load balancer's rules, smallest first. Without it, one that fits is assigned.", {
    code: "LB_RULE_PRIORITY",
    min: 1,
    max: 50_000,
    fix: "write a number below 1000, or leave it out to have one assigned",
  }).optional(),
});

export const service = section("A service: tasks of one container image behind a load balancer.", {
  image: text("Tag of the environment's own registry, such as 6.8.3-1, or a full reference.", {
    code: "IMAGE_REF",
    want: "a tag of the registry, or an image reference",
    fix: "write a tag such as 6.8.3-1",
    check: imageFault,
  }),
  cpu: whole("CPU units of one task, 1024 being a vCPU: its share when the machine is busy, not a limit.", {
    code: "UNIT_FORM",
    min: 2,
    max: 196_608,
    fix: "give CPU units as a number: 256 is a quarter of a vCPU",
  }).default(10),
  memoryMib: whole("Memory of one task in MiB; a container that wants more is killed.", {
    code: "UNIT_FORM",
    min: 6,
    max: 33_554_432,
    fix: "give MiB as a number: 1024 is one GiB",
  }).default(512),
  port: whole("TCP port that the container listens on.", { code: "PORT_RANGE", min: 1, max: 65_535 }).default(80),
  count: whole("Tasks to run; with scaling, at the start. Without it, scaling.min, or 1.", {
    code: "SCALE_BOUNDS",
    min: 0,
    max: 5000,
  }).optional(),
  loadBalancer: text("Load balancer, by its name in loadBalancers.", {
    code: "REF_UNKNOWN",
    want: "a name of loadBalancers",
  }).default("public"),
  route: route.prefault({}),
  health: health.prefault({}),
  scaling: scaling.optional(),
  drainSeconds: whole("Seconds that a task has for the requests it is working on when it is taken out of service.", {
    code: "TG_DELAY",
    min: 0,
    max: 3600,
  }).default(30),
  exec: flag("Whether aws ecs execute-command may open a shell in running tasks.").default(false),
  environment: mapOf(
    "Plain settings, by name. No secrets.",
    variableName,
    text("Value, in quotes where it looks like a number or a word of YAML.", {
      code: "ENV_TYPE",
      want: "text",
      fix: 'write text in quotes, "" for none',
      check: envValueFault,
    }),
  ).default({}),
  secrets: mapOf(
    "Variables that a task reads from Secrets Manager when it starts, by name.",
    variableName,
    secret,
  ).default({}),
  redeployOnRotation: flag("Whether tasks start anew when a secret that they read gets a new value.").default(true),
  database: flag("Whether the service gets the database's connection as WORDPRESS_DB_* variables.").default(true),
  files: section(
    "The service's folder of the shared files, which every task of it mounts. Needs files beside machines.",
    {
      path: sharedFiles("/var/www/wordpress/wp-content/uploads"),
    },
  ).optional(),
  logDays: logDays("How long the containers' output is kept").default(30),
});
