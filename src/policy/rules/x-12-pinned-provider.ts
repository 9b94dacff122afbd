import { asBlock, blocks, list } from "../../core/terraform-json";
import type { Doc } from "../doc";
import { type Complaint, complainIf, rule } from "../rule";

export const x12 = rule({
  id: "X-12",
  title: "stacks say which provider, which Terraform and which account they are for",
  severity: "medium",
  types: ["terraform", "provider.aws"],
  why: "another version plans other changes, and with the wrong credentials the wrong account gets them",
  fix: "pin required_providers to one version, write required_version, default_tags, and the account of kept systems",
  check: (doc) => [...doc.all("terraform").flatMap(aboutVersions), ...aboutAccount(doc)],
});

function aboutVersions(terraform: Complaint["at"]): Complaint[] {
  const { required_version, required_providers } = terraform.body;
  const floating = Object.entries(asBlock(required_providers)).filter(
    ([, provider]) => !/^=?\s*\d+\.\d+\.\d+$/.test(String(asBlock(provider).version)),
  );
  return [
    ...complainIf(required_version === undefined, terraform, "required_version", undefined, "a lower bound"),
    ...floating.map(([name, provider]) => ({
      at: terraform,
      argument: `required_providers.${name}.version`,
      given: asBlock(provider).version,
      wanted: "one exact version",
    })),
  ];
}

function aboutAccount(doc: Doc): Complaint[] {
  return doc.all("provider.aws").flatMap((provider) => {
    const tags = asBlock(blocks(provider.body.default_tags)[0]?.tags);
    const removal = tags["slipway:on-removal"];
    const decided = removal === "keep" || removal === "destroy";
    const accounts = list(provider.body.allowed_account_ids);
    const anyAccount = doc.onRemoval === "keep" && accounts.length === 0;
    return [
      ...complainIf(!decided, provider, "default_tags slipway:on-removal", removal, "keep or destroy"),
      ...complainIf(anyAccount, provider, "allowed_account_ids", accounts, "the account that this system belongs to"),
    ];
  });
}
