import { describe, expect, it } from "vitest";
import { conditionsOf, healthCheckOf } from "./target-settings";

describe("the conditions of a listener rule", () => {
  const host = { hostHeader: { values: ["shop.example.com"] } };
  const path = { pathPattern: { values: ["/shop/*"] } };

  it.each([
    ["takes every request where nothing is named", {}, [{ pathPattern: { values: ["/*"] } }]],
    ["takes all of a host", { host: "shop.example.com" }, [host]],
    ["takes a path of every host", { path: "/shop/*" }, [path]],
    ["takes a path of a host", { host: "shop.example.com", path: "/shop/*" }, [host, path]],
  ])("%s", (_, route, conditions) => expect(conditionsOf(route)).toEqual(conditions));
});

it("checks health over HTTP where requests go, in AWS's words", () => {
  const health = { path: "/healthz", matcher: "200", intervalSeconds: 15, timeoutSeconds: 5 };
  expect(healthCheckOf({ ...health, healthyThreshold: 2, unhealthyThreshold: 3 })).toEqual({
    ...{ enabled: true, port: "traffic-port", protocol: "HTTP", path: "/healthz", matcher: "200" },
    ...{ interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
  });
});
