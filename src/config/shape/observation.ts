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
    "Key that CloudWatch encrypts the logs with: AWS's, or one of the system's own, billed by the month.",
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
