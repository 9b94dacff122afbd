import { TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import type { Environment } from "../config";
import { inThrowAwayApp } from "../testing/synthesize";
import { described } from "../testing/wordpress";
import { layFoundation } from "./foundation";

/** An empty stack with the foundation of an environment that differs from dev as given. */
const foundation = (change: Partial<Environment> = {}) =>
  inThrowAwayApp((app) => {
    const stack = new TerraformStack(app, "shop-dev");
    layFoundation(stack, { ...described("dev"), ...change }, "shop");
    return stack;
  }).document;

describe("the foundation of a stack", () => {
  it("pins the provider exactly, and asks for a Terraform that understands the stack (problem 28)", () => {
    const { terraform } = foundation();
    expect(terraform.required_providers.aws).toEqual({ source: "aws", version: "6.25.0" });
    expect(terraform.required_version).toBe(">= 1.11.0");
  });

  it("keeps local state beside the output, by a path that names no folder of this machine (problem 26)", () => {
    expect(foundation().terraform.backend).toEqual({ local: { path: "../../../terraform.shop-dev.tfstate" } });
  });

  it("keeps state in S3 encrypted, locked, and under a key of its own", () => {
    const state = { backend: "s3", bucket: "states", region: "eu-west-1", prefix: "slipway" } as const;
    expect(foundation({ state }).terraform.backend).toEqual({
      s3: { bucket: "states", region: "eu-west-1", key: "slipway/shop-dev.tfstate", encrypt: true, use_lockfile: true },
    });
  });

  it("keeps state in Terraform Cloud in a workspace of its own (problem 29)", () => {
    const state = { backend: "cloud", organization: "acme", workspacePrefix: "slipway-" } as const;
    expect(foundation({ state }).terraform.cloud).toEqual({
      organization: "acme",
      workspaces: { name: "slipway-shop-dev" },
    });
  });

  it("refuses to change another account than the one that the description names", () => {
    expect(foundation({ account: "111122223333" }).provider.aws[0].allowed_account_ids).toEqual(["111122223333"]);
    expect(foundation().provider.aws[0]).not.toHaveProperty("allowed_account_ids");
  });

  it("tags everything with plain text, known before any plan (problem 9)", () => {
    const { tags } = foundation({ tags: { owner: "${file}" } }).provider.aws[0].default_tags[0];
    expect(tags).toEqual({
      owner: "$${file}",
      "slipway:system": "shop",
      "slipway:environment": "dev",
      "slipway:on-removal": "destroy",
    });
  });
});
