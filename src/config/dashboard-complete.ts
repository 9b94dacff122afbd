import type { ParsedEnvironment } from "./shape/environment";

type Parsed = NonNullable<ParsedEnvironment["dashboard"]>;

/** The dashboard of one environment, with every default filled in. */
export type CompleteDashboard = Parsed & { region: string };

export function completeDashboard(parsed: Parsed, region: string): CompleteDashboard {
  return { ...parsed, region: parsed.region ?? region };
}
