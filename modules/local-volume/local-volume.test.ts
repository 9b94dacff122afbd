import { Volume } from "@cdktf/provider-docker/lib/volume";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LocalVolume, type LocalVolumeProps } from ".";

const volume = (props: Partial<LocalVolumeProps> = {}) =>
  synthesize((stack) => new LocalVolume(stack, "orders", { name: "shop-local-orders", ...props })).one(Volume);

describe("a local volume", () => {
  it("has a name of its own, by which the engine finds it again", () => {
    expect(volume({ labels: { "slipway.system": "shop" } })).toMatchObject({
      name: "shop-local-orders",
      driver: "local",
      labels: [{ label: "slipway.system", value: "shop" }],
    });
  });

  it("survives its removal, unless asked otherwise", () => {
    expect(volume()).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(volume({ onRemoval: "destroy" })).not.toHaveProperty("lifecycle");
  });
});
