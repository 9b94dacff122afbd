import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copiesOf } from "../../main";
import { loadEnvironments } from "../config";
import { stacksOf, systems } from "./systems";

const environments = loadEnvironments(join(__dirname, "../../environments"));

describe("the systems that can be started", () => {
  it.each(
    environments.map((environment) => [environment.name, environment] as const),
  )("have between them every stack of %s, each once", (name, environment) => {
    const ids = Object.keys(copiesOf(environment));
    const found = Object.keys(systems).flatMap((system) => {
      try {
        return stacksOf(system, name, ids);
      } catch {
        return []; // Not every environment has every system.
      }
    });
    expect([...found].sort()).toEqual([...ids].sort());
  });

  it("are made in the order in which values flow", () => {
    const described = ["wordpress-service-dev", "wordpress-platform-dev", "wordpress-mysql-dev"];
    expect(stacksOf("wordpress", "dev", described)).toEqual(["wordpress-platform-dev", "wordpress-service-dev"]);
    expect(stacksOf("wordpress-mysql", "dev", described)).toEqual(["wordpress-mysql-dev"]);
  });

  it("are one stack each on a Docker engine", () => {
    expect(stacksOf("wordpress", "local", ["wordpress-local", "wordpress-mysql-local"])).toEqual(["wordpress-local"]);
  });

  it("may be missing in an environment, which names those that it has", () => {
    expect(() => stacksOf("dashboard", "local", ["wordpress-local", "guestbook-local"])).toThrow(
      "the environment local does not describe dashboard; it has wordpress, guestbook. Describe it in environments/local.yaml",
    );
  });
});
