import { choice, flag, listOf, section, text, whole } from "./field";

/** Whom an alarm reaches. */
export const alarms = section("Alarms on everything that the system consists of, to one topic.", {
  emails: listOf(
    "Addresses that get them. Each must confirm a message of AWS once.",
    text("Address.", {
      code: "EMAIL_FORM",
      want: "an e-mail address",
      fix: "write an address such as on-call@example.com",
      pattern: /^[A-Za-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    }),
  ),
});

/** How one sees what a system does. */
export const observation = {
  alarms: alarms.optional(),
  cloudwatchDashboard: flag(
    "Whether there is a page of CloudWatch with the metrics of everything in the system. Billed by the month.",
  ).default(false),
  logKey: choice(
    "Key that CloudWatch encrypts the logs with: AWS's, or one of the system's own, billed by the month. Turned off again, what was written until then needs it: with onRemoval: keep it stays, without Terraform; otherwise it goes.",
    ["aws", "own"],
    { code: "LOG_KEY" },
  ).default("aws"),
};

/** What CloudWatch does not see of containers. */
export const prometheus = section(
  "Metrics of each container, by cAdvisor on every machine, in a Prometheus of AWS. Samples are billed.",
  {
    intervalSeconds: whole("Seconds from one sample to the next: half of them cost twice as much.", {
      code: "PROMETHEUS_INTERVAL",
      min: 15,
      max: 300,
    }).default(60),
  },
);

/** One place for the lines of all containers. */
export const logSearch = section(
  "A search over the output of all containers: OpenSearch in the private subnets, fed by Fluent Bit on every machine. Billed by the hour.",
  {
    administratorArn: text("IAM role or user of those who administer the search.", {
      code: "ARN_FORM",
      want: "the ARN of an IAM role or user",
      fix: "copy it from IAM; the ARN of a session is none",
      pattern: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[A-Za-z0-9+=,.@_/-]+$/,
    }),
    nodes: whole("Nodes, in as many zones. From two on, one may fail.", {
      code: "SEARCH_NODES",
      min: 1,
      max: 3,
    }).default(2),
    nodeType: text("Type of the nodes.", {
      code: "SEARCH_TYPE",
      want: "a type of OpenSearch such as t3.small.search",
      fix: "OpenSearch has types of its own, which end in .search",
      pattern: /^[a-z][a-z0-9]*\.[a-z0-9]+\.search$/,
    }).default("t3.small.search"),
    volumeGib: whole("Volume of each node, in GiB.", { code: "EBS_SIZE", min: 10, max: 1024 }).default(20),
  },
);
