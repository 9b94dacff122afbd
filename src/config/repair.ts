import type * as z from "zod";
import { didYouMean } from "../core/did-you-mean";
import { isWhole } from "../core/whole";
import { expectations } from "./shape/field";
import { quoted, type ScalarTree } from "./yaml/tree";

/** The change that makes a value fit when only its form is wrong: quotes, another base, a slip of the pen. */
export function repair(schema: z.core.$ZodType, tree: ScalarTree | undefined, optional: boolean): string | undefined {
  if (!tree) return undefined;
  const { value, source } = tree;
  if (value === null) return optional ? "write a value, or remove the line to have the default" : undefined;
  const { def } = schema._zod as { def: z.core.$ZodTypes["_zod"]["def"] };
  switch (def.type) {
    case "number":
      return numberRepair(schema, tree);
    case "boolean":
      if (/^(no|off|n)$/i.test(source)) return `write false: in YAML 1.2, ${source} is text`;
      return /^(yes|on|y)$/i.test(source) ? `write true: in YAML 1.2, ${source} is text` : undefined;
    case "enum":
      return wordRepair(Object.values(def.entries).map(String), tree);
    case "literal":
      return nextOf(def.values, value);
    case "string":
      return typeof value === "string" ? undefined : `put it in quotes: ${quoted(source)}`;
    default:
      return undefined;
  }
}

function wordRepair(words: readonly string[], { value, source }: ScalarTree): string | undefined {
  if (typeof value !== "string") return words.includes(source) ? `put it in quotes: "${source}"` : undefined;
  const meant = didYouMean(value, words);
  return meant && `did you mean ${meant}?`;
}

/** The next larger of a few numbers. */
function nextOf(numbers: readonly unknown[], value: unknown): string | undefined {
  const next = typeof value === "number" && numbers.find((number) => typeof number === "number" && number >= value);
  return next ? `write ${next}` : `write ${numbers.at(-1)}`;
}

function numberRepair(schema: z.core.$ZodType, { value, source }: ScalarTree): string | undefined {
  const { range: [min, max] = [0, 0], fix } = expectations.get(schema as z.ZodType)!;
  const fits = (number: number) => isWhole(number, min, max);
  if (typeof value === "string" && value.trim() !== "" && fits(Number(value))) {
    return `write it without quotes: ${Number(value)}`;
  }
  if (typeof value !== "number") return fix ?? "write digits only";
  if (fits(value)) {
    const octal = /^0[0-7]+$/.test(source) ? `, or ${Number.parseInt(source, 8)} if it was meant as octal` : "";
    return `write it in plain digits: ${value}${octal}`;
  }
  if (value > max) return `write ${max} or less`;
  if (fix || Number.isNaN(value)) return fix;
  return value < min ? `write ${min} or more` : `write ${Math.floor(value)} or ${Math.ceil(value)}`;
}
