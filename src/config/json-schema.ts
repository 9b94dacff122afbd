import { writeFileSync } from "node:fs";
import * as z from "zod";
import { environment } from "./shape/environment";

/** The schema of a description for editors, as JSON Schema of 2020-12's predecessor draft-07, which all of them know. */
export function environmentJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(environment, { target: "draft-07", io: "input" });
  return { $schema, title: "Slipway environment", ...schema };
}

/** Writes the schema to a file, as it is committed. */
export function writeEnvironmentSchema(file: string): void {
  writeFileSync(file, `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`);
}
