import { describe, expect, it } from "vitest";
import { forwarderPort, forwarderTakes, logForwarder, toForwarder } from "./log-forwarder";

const forwarder = logForwarder({
  ...{ region: "eu-west-1", searchHost: "vpc-shop.eu-west-1.es.amazonaws.com", indexPrefix: "shop-dev" },
  logGroups: { "shop-dev-web": "/ecs/shop-dev-web", "shop-dev-api": "/ecs/shop-dev-api" },
});

/** Plug-ins of the command with their options: `-o name -m pattern -p key=value …`. */
function plugins(command: readonly string[]) {
  const found: { kind: string; name: string; match?: string; options: Record<string, string> }[] = [];
  for (let n = 0; n < command.length; n += 2) {
    const [flag, value] = [command[n]!, command[n + 1]!];
    const last = found.at(-1);
    if (flag === "-i" || flag === "-o") found.push({ kind: flag, name: value, options: {} });
    else if (flag === "-m") last!.match = value;
    else if (flag === "-p") last!.options[value.split("=")[0]!] = value.slice(value.indexOf("=") + 1);
    else throw new Error(`no option of Fluent Bit: ${flag}`);
  }
  return found;
}

describe("the forwarder of logs (S2-W14)", () => {
  const [input, ...outputs] = plugins(forwarder.command!);

  it("takes what Docker's log driver writes, on the port that the containers know", () => {
    expect(input).toMatchObject({ kind: "-i", name: "forward", options: { port: `${forwarderPort}` } });
    expect(toForwarder("shop-dev-web")).toEqual({
      logDriver: "fluentd",
      options: { "fluentd-address": `127.0.0.1:${forwarder.hostPort}`, "fluentd-async": "true", tag: "shop-dev-web" },
    });
  });

  it("passes the lines of each service on to its log group, as without it", () => {
    const groups = outputs.filter(({ name }) => name === "cloudwatch_logs");
    expect(groups.map(({ match, options }) => [match, options.log_group_name, options.log_key])).toEqual([
      ["shop-dev-web", "/ecs/shop-dev-web", "log"],
      ["shop-dev-api", "/ecs/shop-dev-api", "log"],
    ]);
  });

  it("passes all lines on to the search, signed and encrypted, an index for each day", () => {
    const [search, ...others] = outputs.filter(({ name }) => name === "opensearch");
    expect(others).toEqual([]);
    expect(search).toMatchObject({
      match: "*",
      options: {
        ...{
          host: "vpc-shop.eu-west-1.es.amazonaws.com",
          port: "443",
          tls: "on",
          aws_auth: "on",
          aws_region: "eu-west-1",
        },
        ...{ logstash_format: "on", logstash_prefix: "shop-dev", tag_key: "service" },
      },
    });
  });

  it("is as large as the check of placement counts with, and of one version", () => {
    expect(forwarder).toMatchObject(forwarderTakes);
    expect(forwarder.image).toMatch(/:\d+\.\d+\.\d+$/);
  });
});
