import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, describe, expect, it } from "vitest";
import { descriptionOf } from "../../bench/description.mjs";
import { copiesOf } from "../../main";
import { type AnyEnvironment, type Environment, loadEnvironment, loadEnvironments } from "../config";
import { synthesize } from "../synth";
import { filesIn, folder, removeFolders } from "../synth/testing/folders";
import { write } from "./testing/project";

afterAll(removeFolders);

function withServices(services: number): Environment {
  const file = join(folder(), "bench.yaml");
  write(file, descriptionOf(services));
  return loadEnvironment(file);
}

function synthesized(environments: readonly AnyEnvironment[], plain = false) {
  const out = folder();
  const build = (outdir: string) => {
    const app = new App({ outdir, stackTraces: false });
    for (const environment of environments) {
      for (const [id, make] of Object.entries(copiesOf(environment))) make(app, id, join(__dirname, "../.."));
    }
    return app;
  };
  const { slowBecause, stacks } = synthesize({ out, build, plain });
  return { slowBecause, stacks, files: filesIn(out) };
}

const resources = (services: number) => {
  const { stacks } = synthesized([withServices(services)]);
  const blocks = stacks.flatMap(({ document }) => Object.values(document.resource as Record<string, object>));
  return blocks.reduce((sum, names) => sum + Object.keys(names).length, 0);
};

describe("the short way to synthesize, with the stacks of this project", () => {
  it.each<[string, () => readonly AnyEnvironment[]]>([
    ["the environments that are described", () => loadEnvironments(join(__dirname, "../../environments"))],
    ["an environment with 50 services", () => [withServices(50)]],
  ])("is taken, and writes what cdktf writes, byte for byte: %s", (_, environments) => {
    const [short, plain] = [synthesized(environments()), synthesized(environments(), true)];
    expect(short.slowBecause).toBeUndefined();
    expect(short.files).toEqual(plain.files);
  });
});

it("each further service adds the same number of resources", () => {
  const [ten, twenty, thirty] = [10, 20, 30].map(resources);
  expect(thirty! - twenty!).toBe(twenty! - ten!);
});
