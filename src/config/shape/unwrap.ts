import type * as z from "zod";

/** A schema without what says that its value may be left out, and what then takes its place. */
export interface Unwrapped {
  readonly schema: z.core.$ZodType;
  readonly optional: boolean;
  readonly fallback?: unknown;
  /** Whether an empty map takes the place, with the defaults of its keys. */
  readonly prefill: boolean;
}

export function unwrap(schema: z.core.$ZodType): Unwrapped {
  const { def } = schema._zod as z.core.$ZodDefault["_zod"] | z.core.$ZodPrefault["_zod"] | z.core.$ZodOptional["_zod"];
  switch (def.type) {
    case "optional":
      return { schema: def.innerType, optional: true, prefill: false };
    case "prefault":
      return { schema: def.innerType, optional: true, prefill: true };
    case "default":
      return { schema: def.innerType, optional: true, fallback: def.defaultValue, prefill: false };
    default:
      return { schema, optional: false, prefill: false };
  }
}
