import { Image } from "@cdktf/provider-docker/lib/image";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LocalImage, type LocalImageProps } from ".";

const valid: LocalImageProps = { name: "docker.io/library/postgres:17" };
const image = (props: Partial<LocalImageProps> = {}) =>
  synthesize((stack) => new LocalImage(stack, "image", { ...valid, ...props }), { comments: true }).one(Image);

describe("a local image", () => {
  it("stays on the engine when the stack goes", () => {
    expect(image()).toMatchObject({ name: "docker.io/library/postgres:17", keep_locally: true });
  });

  it("says how it is made, where it is made here; Terraform itself builds nothing", () => {
    const build = { by: "docker", context: "systems/shop/app", arguments: { VERSION: "1.0.0" } } as const;
    const made = image({ name: "localhost/shop:1.0.0", build });
    expect(made["//"]).toMatchObject({ build });
    expect(made).not.toHaveProperty("build");
    expect(image()["//"]).not.toHaveProperty("build");
  });

  it("is known to containers by the id of its content (problem 30)", () => {
    const { document } = synthesize((stack) => {
      const { imageId: value } = new LocalImage(stack, "image", valid);
      new TerraformOutput(stack, "id", { value });
    });
    expect(document.output.id.value).toMatch(/^\$\{docker_image\.\w+\.image_id\}$/);
  });

  it.each(["postgres", "postgres:latest", "localhost:5000/postgres", "postgres@sha256:abc"])("refuses %s", (name) => {
    expect(() => image({ name })).toThrow("name must be an image that stays the same");
  });

  it.each(["postgres:17", "localhost:5000/a/b:1.0.0-1", `postgres@sha256:${"a".repeat(64)}`])("takes %s", (name) => {
    expect(image({ name }).name).toBe(name);
  });
});
