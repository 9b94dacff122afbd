import { same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

const readers = [
  ...["data.aws_secretsmanager_secret_version", "data.aws_secretsmanager_random_password", "data.aws_kms_secrets"],
  ...["data.aws_ecr_authorization_token", "data.aws_ecrpublic_authorization_token", "data.aws_kms_secret"],
  ...["data.aws_eks_cluster_auth", "random_password", "tls_private_key", "data.http", "data.external"],
];

export const x02 = rule({
  id: "X-02",
  title: "no data source or resource brings a secret into the state",
  severity: "critical",
  types: [...readers, "data.aws_ssm_parameter", "data.aws_ssm_parameters_by_path"],
  why: "what Terraform reads it writes into the state in clear text; what it fetches over HTTP changes between plan and apply",
  fix: "pass the ARN on and let the reader read; for plain parameters write with_decryption = false",
  also: ["CKV2_AWS_36", "AWS-0134"],
  inspect: (entry) => {
    if (readers.includes(entry.type))
      return complainIf(true, entry, entry.type, entry.address, "the ARN of the secret");
    const { name, path, with_decryption } = entry.body;
    // Parameters of AWS itself, such as image ids, are public.
    const open = String(name ?? path).startsWith("/aws/service/") || same(with_decryption, false);
    return complainIf(!open, entry, "with_decryption", with_decryption, "false");
  },
});
