import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { ContainerRegistry, type ContainerRegistryProps } from ".";

const registry = (props: Partial<ContainerRegistryProps> = {}) =>
  synthesize((stack) => {
    const made = new ContainerRegistry(stack, "images", { repository: "wordpress", ...props });
    new TerraformOutput(stack, "handed_out", { value: [made.url, made.arn, made.repository] });
  });

const rules = (props: Partial<ContainerRegistryProps> = {}): Block[] =>
  JSON.parse(registry(props).one(EcrLifecyclePolicy).policy).rules;

describe("a container registry", () => {
  it("is a private repository under the name asked for (S2-15) (S2-R09)", () => {
    expect(registry({ repository: "cycloid/wordpress-ubuntu" }).one(EcrRepository)).toMatchObject({
      name: "cycloid/wordpress-ubuntu",
    });
  });

  it("never lets a tag mean another image", () => {
    expect(registry().one(EcrRepository)).toMatchObject({ image_tag_mutability: "IMMUTABLE" });
  });

  it("scans each image that arrives, and encrypts it", () => {
    expect(registry().one(EcrRepository)).toMatchObject({
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
    });
  });

  it("is not destroyed while it is in the code, nor by AWS while it has images, unless asked otherwise (problem 27)", () => {
    expect(registry().one(EcrRepository)).toMatchObject({ force_delete: false, lifecycle: { prevent_destroy: true } });
  });

  it("goes with its images where everything is disposable", () => {
    const repository = registry({ onRemoval: "destroy" }).one(EcrRepository);
    expect(repository.force_delete).toBe(true);
    expect(repository.lifecycle).toBeUndefined();
  });

  it("says where to push and pull, and who it is", () => {
    expect(registry().document.output.handed_out.value).toEqual([
      expect.stringMatching(/^\$\{aws_ecr_repository\.\S+\.repository_url\}$/),
      expect.stringMatching(/^\$\{aws_ecr_repository\.\S+\.arn\}$/),
      "wordpress",
    ]);
  });
});

describe("the images of a registry", () => {
  it("expire two weeks after they were pushed, when no tag names them", () => {
    expect(rules().map(({ selection }) => selection)).toContainEqual({
      tagStatus: "untagged",
      countType: "sinceImagePushed",
      countUnit: "days",
      countNumber: 14,
    });
  });

  it("expire when thirty newer ones are tagged, or as many as asked", () => {
    expect(rules().at(-1)!.selection).toMatchObject({ tagPatternList: ["*"], countNumber: 30 });
    expect(rules({ keepImages: 100 }).at(-1)!.selection.countNumber).toBe(100);
  });

  it("never expire while in use: a rule that deletes nothing selects them before all others", () => {
    const [first, second, ...others] = rules({ inUse: ["6.8.3-2", "6.8.3-1", "6.8.3-2"] });
    for (const [rule, tag] of [
      [first, "6.8.3-1"],
      [second, "6.8.3-2"],
    ] as const) {
      expect(rule!.selection).toEqual({
        tagStatus: "tagged",
        // A pattern without wildcard names one tag; a prefix would take 6.8.3-10 for a successor of 6.8.3-1.
        tagPatternList: [tag],
        countType: "imageCountMoreThan",
        countNumber: 1,
      });
    }
    for (const other of others) expect(other.rulePriority).toBeGreaterThan(second!.rulePriority);
  });

  it("are counted by rules that ECR accepts: each with a priority of its own", () => {
    const priorities = rules({ inUse: ["a", "b"] }).map(({ rulePriority }) => rulePriority);
    expect(priorities).toEqual([1, 2, 3, 4]);
  });
});

describe("a container registry refuses", () => {
  it.each([
    "",
    "x",
    "WordPress",
    "a//b",
    "a/",
    "/a",
    "a b",
    "a:1",
    "-ab",
    "a..b",
    "a-",
    "x".repeat(257),
    "${x}",
  ])("%j as its name", (repository) => {
    expect(() => registry({ repository })).toThrow(
      "test/images: repository must be 2 to 256 lower-case letters and digits",
    );
  });

  it.each(["", "wordpress:1", "-1", ".1", "1*", "x".repeat(129)])("%j as a tag in use", (tag) => {
    expect(() => registry({ inUse: [tag] })).toThrow("test/images: inUse must be tags");
  });

  it("more tags in use than ECR has rules", () => {
    const inUse = Array.from({ length: 49 }, (_, i) => `v${i}`);
    expect(() => registry({ inUse })).toThrow("test/images: inUse must be at most 48 tags");
    expect(rules({ inUse: inUse.slice(1) })).toHaveLength(50);
  });

  it.each([0, 4, -1, 5.5, Number.NaN])("to keep %d images", (keepImages) => {
    expect(() => registry({ keepImages })).toThrow("test/images: keepImages must be a whole number of 5 or more");
  });
});
