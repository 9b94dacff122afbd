import { parseArn } from "../../core/arn";
import { partitionOf } from "../../core/partition";
import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import { present, type Rule, type WordpressView } from "./rule";

interface Home {
  readonly region: string;
  /** @default - any account */
  readonly account?: string;
  /** Code of the mistake when the region is another one. */
  readonly code: string;
  readonly what: string;
}

/** What an ARN names must be in the partition and region of whoever uses it, and where AWS wants it, in its account. */
export const arnRule: Rule = ({ region, account, state, wordpress, wordpressMysql, ...rest }, report) => {
  if (state?.backend === "s3" && state.region && state.kmsKeyArn) {
    checkHome(
      ["state", "kmsKeyArn"],
      state.kmsKeyArn,
      { region: state.region, code: "ARN_REGION", what: "the bucket" },
      report,
    );
  }
  if (!region) return;
  for (const [name, { certificateArn }] of present(wordpress?.loadBalancers)) {
    const path = ["wordpress", "loadBalancers", name, "certificateArn"];
    if (certificateArn)
      checkHome(path, certificateArn, { region, account, code: "CERT_REGION", what: "the load balancer" }, report);
  }
  for (const [name, { secrets }] of present(wordpress?.services)) {
    checkSecrets(["wordpress", "services", name, "secrets"], secrets, region, report);
  }
  checkSecrets(
    ["wordpressMysql", "service", "secrets"],
    wordpressMysql?.service?.secrets,
    wordpressMysql?.region ?? region,
    report,
  );
  const siteCertificate = wordpressMysql?.entrance?.certificateArn;
  if (siteCertificate) {
    const home = { region: wordpressMysql.region ?? region, account, code: "CERT_REGION", what: "the load balancer" };
    checkHome(["wordpressMysql", "entrance", "certificateArn"], siteCertificate, home, report);
  }
  const { guestbook, dashboard, guestbookMesos } = rest;
  const certificateArn = guestbook?.entrance?.certificateArn;
  if (certificateArn) {
    const home = { region, account, code: "CERT_REGION", what: "the load balancer" };
    checkHome(["guestbook", "entrance", "certificateArn"], certificateArn, home, report);
  }
  const dashboardCertificate = dashboard?.entrance?.certificateArn;
  if (dashboardCertificate) {
    const home = { region: dashboard.region ?? region, account, code: "CERT_REGION", what: "the load balancer" };
    checkHome(["dashboard", "entrance", "certificateArn"], dashboardCertificate, home, report);
  }
  const { secretArn: registrySecret, kmsKeyArn: registryKey } = dashboard?.registry ?? {};
  const registryHome = { region: dashboard?.region ?? region, what: "the machines" };
  for (const [key, arn, code] of [
    ["secretArn", registrySecret, "SECRET_REF"],
    ["kmsKeyArn", registryKey, "SECRET_KEY"],
  ] as const) {
    if (arn) checkHome(["dashboard", "registry", key], arn, { ...registryHome, code }, report);
  }
  const deployKeySecretArn = guestbook?.controlRepository?.deployKeySecretArn;
  if (deployKeySecretArn) {
    const home = { region, code: "SECRET_REF", what: "the Puppet server" };
    checkHome(["guestbook", "controlRepository", "deployKeySecretArn"], deployKeySecretArn, home, report);
  }
  const pemSecretArn = guestbookMesos?.entrance?.certificateSecretArn;
  if (pemSecretArn) {
    const home = { region, code: "SECRET_REF", what: "the front ends" };
    checkHome(["guestbookMesos", "entrance", "certificateSecretArn"], pemSecretArn, home, report);
  }
};

type Secrets = NonNullable<NonNullable<WordpressView["services"]>[string]>["secrets"];

function checkSecrets(path: Path, secrets: Secrets, region: string, report: Report): void {
  for (const [variable, secret] of present(secrets)) {
    const here = [...path, variable];
    const [arn, at] = typeof secret === "string" ? [secret, here] : [secret.arn, [...here, "arn"]];
    if (arn) checkHome(at, arn, { region, code: "SECRET_REF", what: "the service" }, report);
    const kmsKeyArn = typeof secret === "string" ? undefined : secret.kmsKeyArn;
    if (kmsKeyArn) {
      checkHome([...here, "kmsKeyArn"], kmsKeyArn, { region, code: "SECRET_KEY", what: "the secret" }, report);
    }
  }
}

function checkHome(path: Path, arn: string, { region, account, code, what }: Home, report: Report): void {
  const found = parseArn(arn);
  const partition = partitionOf(region);
  if (found && found.partition !== partition) {
    const want = `an ARN of the partition ${partition}, to which ${region} belongs`;
    report(path, { code: "ARN_PARTITION", want, fix: `copy the ARN again: it begins with arn:${partition}:` });
  } else if (found && found.region !== region) {
    const want = `an ARN of ${region}, the region of ${what}`;
    report(path, { code, want, fix: `copy the ARN of the one in ${region}, or make one there` });
  } else if (found && account && found.account !== account) {
    const want = `an ARN of account ${account}, as ${what} is there`;
    report(path, { code: "ARN_ACCOUNT", want, fix: "copy the ARN from that account, or correct account" });
  }
}
