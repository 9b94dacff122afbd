import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type * as z from "zod";
import { environmentJsonSchema, writeEnvironmentSchema } from ".";
import { description, inFolder } from "./bad-inputs/description";
import { check } from "./check";
import { environment } from "./shape/environment";
import { localEnvironment } from "./shape/local";
import { parseYaml } from "./yaml/parse";

const folder = join(__dirname, "../../environments");
const descriptions = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(environmentJsonSchema());
const accepts = (text: string) => validate(parse(text));

describe("the schema for editors", () => {
  it("is the one that is committed: npx slipway schema writes it", () => {
    const written = inFolder({}, (temporary) => {
      writeEnvironmentSchema(join(temporary, "schema.json"));
      return readFileSync(join(temporary, "schema.json"), "utf8");
    });
    expect(textOf("environment.schema.json")).toBe(written);
    expect(JSON.parse(written)).toEqual(environmentJsonSchema());
  });

  it.each(descriptions)("accepts %s", (file) => {
    accepts(textOf(file));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(descriptions)("stands first in %s, where editors look for it", (file) => {
    expect(textOf(file).split("\n")[0]).toBe("# yaml-language-server: $schema=./environment.schema.json");
  });

  it.each([
    ["a misspelt key", { machines: "desierd: 1" }],
    ["a misspelt key of a service", { service: "imgae: x" }],
    ["a port in quotes", { service: 'port: "80"' }],
    ["an unknown backend", { top: "state: { backend: gcs }" }],
    ["a period that CloudWatch does not know", { service: "logDays: 31" }],
    ["a service in capitals", { services: "Shop: { image: 1.0.0 }" }],
    ["an engine that nobody knows", { top: "target: podman" }],
    ["AWS on a Docker engine", { top: "target: docker" }],
  ])("refuses %s", (_, change) => {
    expect(accepts(description())).toBe(true);
    expect(accepts(description(change))).toBe(false);
  });

  it("explains every setting", () => {
    const silent: string[] = [];
    const visit = (schema: Record<string, unknown>, path: string) => {
      for (const [key, property] of Object.entries(
        (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        if (!property.description && property.const === undefined) silent.push(`${path}.${key}`);
        visit(property, `${path}.${key}`);
      }
      for (const part of [schema.additionalProperties, schema.items])
        if (part) visit(part as typeof schema, `${path}.*`);
      const forms = [...((schema.anyOf ?? []) as object[]), schema.then, schema.else];
      for (const form of forms) if (form) visit(form as typeof schema, path);
    };
    visit(environmentJsonSchema(), "");
    expect(silent).toEqual([]);
  });
});

describe("the reader that goes on behind mistakes", () => {
  it.each([
    ...descriptions.map((file) => [file, textOf(file)]),
    ["a short one", description()],
  ])("makes of %s what zod makes of it", (_, text) => {
    const { tree } = parseYaml(text!);
    const kind = parse(text!).target === "docker" ? localEnvironment : environment;
    expect(check<z.ZodType>(kind, tree!, () => expect.unreachable())).toEqual(kind.parse(parse(text!)));
  });
});
