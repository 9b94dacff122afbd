import { complainIf, rule } from "../rule";

/** Arguments that Terraform writes into the state as they are. */
const inState: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["password"],
  aws_rds_cluster: ["master_password"],
  aws_docdb_cluster: ["master_password"],
  aws_redshift_cluster: ["master_password"],
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  aws_ssm_parameter: ["value"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_elasticache_user: ["passwords"],
  aws_vpn_connection: ["tunnel1_preshared_key", "tunnel2_preshared_key"],
  aws_kms_ciphertext: ["plaintext"],
  aws_acm_certificate: ["private_key"],
  aws_iam_server_certificate: ["private_key"],
};

export const x01 = rule({
  id: "X-01",
  title: "no secret is handed to Terraform by an argument that the state keeps",
  severity: "critical",
  types: Object.keys(inState),
  why: "the state holds such arguments in clear text, in every version of the file",
  fix: "let AWS make the secret (manage_master_user_password), or use the write-only twin of the argument",
  inspect: (entry) =>
    inState[entry.type]!.filter((argument) => entry.body[argument] !== undefined)
      // A parameter is a secret when it says so; the others are addresses and names.
      .filter(() => entry.type !== "aws_ssm_parameter" || entry.body.type === "SecureString")
      .flatMap((argument) => complainIf(true, entry, argument, "a value (not shown)", `nothing, or ${argument}_wo`)),
});
