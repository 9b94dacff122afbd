import { asBlock, blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const x14 = rule({
  id: "X-14",
  title: "state in S3 is encrypted and locked",
  severity: "high",
  types: ["terraform"],
  why: "two applies at once leave a state that fits neither, and the state tells everything about the system",
  fix: "write encrypt = true and use_lockfile = true in the backend",
  inspect: (terraform) =>
    blocks(asBlock(terraform.body.backend).s3).flatMap((backend) =>
      ["encrypt", "use_lockfile"].flatMap((argument) =>
        complainIf(!same(backend[argument], true), terraform, `backend.s3.${argument}`, backend[argument], "true"),
      ),
    ),
});
