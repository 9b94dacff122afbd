import { Network } from "@cdktf/provider-docker/lib/network";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LocalNetwork } from ".";

describe("a local network", () => {
  const labels = { "slipway.system": "shop", "slipway.environment": "local" };
  const made = synthesize((stack) => new LocalNetwork(stack, "network", { name: "shop-local", labels }));

  it("is a bridge of its own, so that containers find each other by name and strangers do not", () => {
    expect(made.one(Network)).toMatchObject({ name: "shop-local", driver: "bridge" });
  });

  it("leaves its range to the engine: a range that is written may be in use", () => {
    expect(made.one(Network)).not.toHaveProperty("ipam_config");
  });

  it("is labelled", () => {
    expect(made.one(Network).labels).toEqual([
      { label: "slipway.environment", value: "local" },
      { label: "slipway.system", value: "shop" },
    ]);
  });

  it("is told to others by a reference, so that they come after it", () => {
    const { document } = synthesize((stack) => {
      const { name: value } = new LocalNetwork(stack, "network", { name: "shop-local" });
      new TerraformOutput(stack, "name", { value });
    });
    expect(document.output.name.value).toMatch(/^\$\{docker_network\.\w+\.name\}$/);
  });
});
