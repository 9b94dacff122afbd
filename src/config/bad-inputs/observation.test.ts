import { describe, expect, it } from "vitest";
import { refusalOf } from "./description";

const cases: [title: string, line: string, message: string][] = [
  [
    "alarms that nobody hears (S3-W16)",
    "alarms: { emails: [] }",
    `
dev.yaml:8:21 EMAIL_COUNT
  at    wordpress.alarms.emails
  got   no address
  want  an address or more: of what is down, nobody else would say a word
  fix   name who is on call`,
  ],
  [
    "an address that is none",
    "alarms: { emails: [on-call] }",
    `
dev.yaml:8:22 EMAIL_FORM
  at    wordpress.alarms.emails[0]
  got   "on-call"
  want  an e-mail address
  fix   write an address such as on-call@example.com`,
  ],
  [
    "somebody who would hear everything twice",
    "alarms: { emails: [a@example.com, a@example.com] }",
    `
dev.yaml:8:37 EMAIL_DUP
  at    wordpress.alarms.emails[1]
  got   "a@example.com"
  want  each address once
  fix   remove one of the two`,
  ],
  [
    "a dashboard by a word",
    "cloudwatchDashboard: yes",
    `
dev.yaml:8:24 FLAG
  at    wordpress.cloudwatchDashboard
  got   "yes"
  want  true or false
  fix   write true: in YAML 1.2, yes is text`,
  ],
  [
    "a key that nobody has",
    "logKey: mine",
    `
dev.yaml:8:11 LOG_KEY
  at    wordpress.logKey
  got   "mine"
  want  aws or own
  fix   write aws or own`,
  ],
  [
    "metrics that Container Insights does not have",
    "cluster: { insights: full }",
    `
dev.yaml:8:24 CLUSTER_INSIGHTS
  at    wordpress.cluster.insights
  got   "full"
  want  off, on or enhanced
  fix   write off, on or enhanced`,
  ],
];

describe("mistakes in how a system is observed", () => {
  it.each(cases)("include %s", (_, wordpress, message) => {
    expect(refusalOf({ wordpress })).toBe(message.trim());
  });

  it("include answers that take longer than a load balancer waits", () => {
    expect(refusalOf({ balancers: "public: { slowSeconds: 0 }" })).toContain("want  a whole number from 1 to 300");
  });
});

const schedule = (bounds: string) => `scaling: { min: 1, max: 4, schedule: { morning: { ${bounds} } } }`;

describe("mistakes in a schedule of a service (S2-W08)", () => {
  it.each([
    [
      "cron as Linux has it",
      'at: "0 7 * * 1-5", min: 1, max: 2',
      "want  at(yyyy-mm-ddThh:mm:ss), or cron(minutes hours",
    ],
    ["a day that does not exist", "at: at(2027-02-30T08:00:00), min: 1, max: 2", "want  a day and a time that exist"],
    ["both kinds of day", 'at: "cron(0 7 * * MON *)", min: 1, max: 2', "want  ? for day-of-month or for day-of-week"],
    [
      "a zone of nowhere",
      'at: "cron(0 7 * * ? *)", timeZone: CET+1, min: 1, max: 2',
      "fix   write for example Europe/Paris",
    ],
    ["a least above the most", 'at: "cron(0 7 * * ? *)", min: 3, max: 2', "want  at most max, 2"],
    ["no task at night", 'at: "cron(0 20 * * ? *)", min: 0, max: 2', "want  a whole number from 1 to 5000"],
  ])("include %s", (_, bounds, message) => {
    expect(refusalOf({ service: schedule(bounds) })).toContain(message);
  });

  it("include more tasks at some time than the machines ever hold (S2-D01)", () => {
    const service = `memoryMib: 1024, ${schedule('at: "cron(0 7 * * ? *)", min: 1, max: 40').slice(0)}`;
    expect(refusalOf({ service, machines: "max: 3" })).toContain("want  at least 41, for 40 tasks");
  });
});

describe("mistakes in the search over logs and in container metrics (S2-W13, S2-W14)", () => {
  const administratorArn = "administratorArn: arn:aws:iam::111122223333:role/admins";
  it.each([
    ["nobody who administers it", "logSearch: {}", "KEY_MISSING"],
    [
      "a session in place of a role",
      "logSearch: { administratorArn: arn:aws:sts::111122223333:assumed-role/a/b }",
      "ARN_FORM",
    ],
    [
      "more nodes than zones",
      `logSearch: { ${administratorArn}, nodes: 3 }`,
      "want  at most 2, one node for each zone",
    ],
    ["four nodes", `logSearch: { ${administratorArn}, nodes: 4 }`, "want  a whole number from 1 to 3"],
    [
      "a type of EC2",
      `logSearch: { ${administratorArn}, nodeType: t3.small }`,
      "fix   OpenSearch has types of its own",
    ],
    [
      "a volume that is too small",
      `logSearch: { ${administratorArn}, volumeGib: 5 }`,
      "want  a whole number from 10 to 1024",
    ],
    ["a sample every second", "prometheus: { intervalSeconds: 1 }", "want  a whole number from 15 to 300"],
  ])("include %s", (_, wordpress, message) => {
    expect(refusalOf({ wordpress })).toContain(message);
  });

  it("include tasks that fitted before the collector took its part of every machine (S2-D01)", () => {
    const refused = refusalOf({ service: "memoryMib: 1500", wordpress: "prometheus: {}" });
    expect(refused).toContain(
      "want  at most 1390, the MiB that a t3.small offers to tasks, beside prometheus on each machine",
    );
  });

  it("include tasks that fitted before the forwarder did, or both of them (S2-D01, S2-W14)", () => {
    const search = `logSearch: { ${administratorArn} }`;
    expect(refusalOf({ service: "memoryMib: 1700", wordpress: search })).toContain(
      "want  at most 1646, the MiB that a t3.small offers to tasks, beside logSearch on each machine",
    );
    expect(refusalOf({ service: "memoryMib: 1300", wordpress: `${search}\n  prometheus: {}` })).toContain(
      "want  at most 1262, the MiB that a t3.small offers to tasks, beside prometheus and logSearch on each machine",
    );
  });

  it.each([
    ["prometheus: {}", "prometheus"],
    [`logSearch: { ${administratorArn} }`, "logSearch"],
    [`logSearch: { ${administratorArn} }\n  prometheus: {}`, "prometheus and logSearch"],
  ])("include %s without a way to the registries of its images", (wordpress, names) => {
    expect(refusalOf({ network: "nat: none", wordpress })).toContain(
      `want  NAT: the images of ${names} are in public registries, to which no endpoint leads\n  fix   write nat: one, or remove ${names}`,
    );
  });
});
