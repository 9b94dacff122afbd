import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What is no class of the provider for AWS. */
const withoutClass = ["terraform_data", "ephemeral.aws_secretsmanager_random_password"];

/** Types of AWS that our code can make, as Terraform calls them: each is a class of the provider, imported by its name. */
export const typesInUse: readonly string[] = (() => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(src\/stacks|modules)\/.*(?<!\.test)\.ts$/.test(file),
  );
  const found = files.flatMap((file) => {
    const imports = readFileSync(join(root, file), "utf8").matchAll(/"@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g);
    return [...imports].map(([, name]) => name!.replaceAll("-", "_"));
  });
  const types = found.map((name) => (name.startsWith("data_aws_") ? name.replace("data_", "data.") : `aws_${name}`));
  return [...new Set([...types, ...withoutClass])].filter((type) => type !== "aws_provider").sort();
})();
