import type { Rows } from "../grant";
import { backups } from "./backups";
import { containers } from "./containers";
import { databases } from "./databases";
import { edge } from "./edge";
import { identity } from "./identity";
import { loadBalancing, names } from "./load-balancing";
import { machines } from "./machines";
import { observation } from "./observation";
import { storage } from "./storage";
import { vpc } from "./vpc";
import { vpn } from "./vpn";

/** What Terraform calls for every type of ours. */
export const rows: Rows = {
  ...vpc,
  ...vpn,
  ...machines,
  ...loadBalancing,
  ...names,
  ...edge,
  ...containers,
  ...databases,
  ...storage,
  ...backups,
  ...identity,
  ...observation,
  // Nothing on AWS.
  terraform_data: [],
};
