import { complainIf, rule } from "../rule";

/** Authorities of RDS that are valid for decades. */
const modern = /^rds-ca-(rsa2048|rsa4096|ecc384)-g1$/;

export const rds14 = rule({
  id: "RDS-14",
  title: "databases have a certificate of today's authority",
  severity: "low",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  why: "with an old authority every client that compares certificates is refused on the day that it ends",
  fix: 'write ca_cert_identifier = "rds-ca-rsa2048-g1"',
  also: ["CKV_AWS_211"],
  inspect: (database) => {
    const { ca_cert_identifier: given } = database.body;
    return complainIf(!modern.test(String(given)), database, "ca_cert_identifier", given, "rds-ca-rsa2048-g1");
  },
});
