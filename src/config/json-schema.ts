import { writeFileSync } from "node:fs";
import * as z from "zod";
import { environment } from "./shape/environment";
import { localEnvironment } from "./shape/local";

/** The schema of a description for editors, as JSON Schema of 2020-12's predecessor draft-07, which all of them know. */
export function environmentJsonSchema(): Record<string, unknown> {
  const [aws, local] = [environment, localEnvironment].map((kind) => {
    const { $schema: _, ...schema } = z.toJSONSchema(kind, { target: "draft-07", io: "input" });
    return schema;
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Slipway environment",
    type: "object",
    // By what the file says it is about, so that editors speak of the keys of that kind alone.
    if: { properties: { target: { const: "docker" } }, required: ["target"] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    then: local,
    else: aws,
  };
}

/** Writes the schema to a file, as it is committed. */
export function writeEnvironmentSchema(file: string): void {
  writeFileSync(file, `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`);
}
