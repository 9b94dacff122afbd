import type { Placement } from "../../src/core/placement";

export interface LogSearchProps {
  /** Name of the domain: 3 to 28 lower-case letters, digits and dashes. Renaming replaces it, with everything in it. */
  readonly name: string;
  /** Region of the domain, e.g. `eu-west-1`. */
  readonly region: string;
  /** Private subnets: the domain takes one for each of its nodes, at most three. */
  readonly placement: Placement;
  /** IAM role or user of those who administer the search: who may see what, and who may write. */
  readonly administratorArn: string;
  /**
   * Nodes, each with all of its part of the logs: 1, 2 or 3, in as many zones. From two on, one may fail.
   * @default 2
   */
  readonly nodes?: 1 | 2 | 3;
  /**
   * Type of the nodes. Each costs by the hour.
   * @default "t3.small.search"
   */
  readonly nodeType?: string;
  /**
   * Volume of each node in GiB, 10 to 1024. It costs by the month, and can grow.
   * @default 20
   */
  readonly volumeGib?: number;
}
