import { isWithin } from "../../core/dns-names";
import { partitionOf } from "../../core/partition";
import type { Report } from "../report";
import type { Path } from "../yaml/tree";
import { present, type Rule, type View } from "./rule";

type Entrance = NonNullable<NonNullable<NonNullable<View["wordpress"]>["loadBalancers"]>[string]>;

/** An entrance of any system, and where it stands in the description. */
export interface Placed {
  readonly path: Path;
  readonly region: string | undefined;
  readonly entrance: Entrance;
}

/** Every entrance of an environment that can have a name of its own. */
export function entrancesOf({ region, wordpress, wordpressMysql, guestbook, dashboard }: View): Placed[] {
  const sites = present(wordpress?.loadBalancers).map(([key, entrance]) => {
    return { path: ["wordpress", "loadBalancers", key], region, entrance };
  });
  const one = (system: string, home: string | undefined, entrance: Entrance | undefined): Placed[] =>
    entrance ? [{ path: [system, "entrance"], region: home, entrance }] : [];
  return [
    ...sites,
    ...one("wordpressMysql", wordpressMysql?.region ?? region, wordpressMysql?.entrance),
    ...one("guestbook", region, guestbook?.entrance),
    ...one("dashboard", dashboard?.region ?? region, dashboard?.entrance),
  ];
}

/** What the fields of an entrance say about each other. */
export const entranceRule: Rule = (view, reportAt) => {
  for (const { path, region, entrance } of entrancesOf(view)) {
    const report: Report = (rest, fault) => reportAt([...path, ...rest], fault);
    checkDomain(entrance, report);
    checkDistribution(entrance, region, report);
    const { webAcl } = entrance;
    if (webAcl?.counted?.includes("requests") && webAcl.requests === undefined) {
      const want = "rules that there are: without requests there is no limit to count";
      report(["webAcl", "counted"], {
        code: "WAF_RULE",
        want,
        fix: "add requests: 5000 beside it, or remove the word",
      });
    }
  }
};

/** Longest name that AWS makes a certificate for. */
const mainNameLimit = 64;

function checkDomain({ domain, certificateArn }: Entrance, report: Report): void {
  if (!domain) return;
  const { zone, name, otherNames = [], healthPath } = domain;
  if (certificateArn) {
    const want = "either domain, which makes a certificate, or one that is there";
    report(["certificateArn"], { code: "CERT_TWICE", want, fix: "remove this line" });
  }
  if (name && name.length > mainNameLimit) {
    const want = `at most ${mainNameLimit} characters, as AWS takes no more for a certificate`;
    report(["domain", "name"], { code: "DNS_NAME", want, fix: "put a shorter one here and this one into otherNames" });
  }
  const names: [Path, string | undefined][] = [
    [["domain", "name"], name],
    ...otherNames.map((each, n): [Path, string | undefined] => [["domain", "otherNames", n], each]),
  ];
  for (const [at, each] of names) {
    if (!zone || !each || isWithin(each, zone)) continue;
    report(at, {
      code: "DNS_NAME",
      want: `${zone}, or a name that ends in .${zone}`,
      fix: `write for example www.${zone}`,
    });
  }
  const twin = otherNames.findIndex((each, n) => each && (each === name || otherNames.indexOf(each) < n));
  if (twin >= 0) {
    const want = "names that differ from each other and from name";
    report(["domain", "otherNames", twin], { code: "DNS_NAME", want, fix: "remove it" });
  }
  if (otherNames.length > 9) {
    const got = `${otherNames.length} names`;
    report(["domain", "otherNames"], {
      code: "DNS_NAME",
      got,
      want: "at most 9: a certificate has ten",
      fix: "remove some",
    });
  }
  if (healthPath && !("share" in domain)) {
    const want = "a share beside it: a name that is alone answers, well or not";
    report(["domain", "healthPath"], {
      code: "DNS_SHARE",
      want,
      fix: "add share: { weight: 100 }, or remove this line",
    });
  }
}

function checkDistribution(entrance: Entrance, region: string | undefined, report: Report): void {
  if (!entrance.distribution) return;
  if (!("domain" in entrance)) {
    const want = "domain beside it: the edge and the load balancer need a certificate for the same name";
    const fix = "add for example domain: { zone: example.com, name: www.example.com }";
    report(["distribution"], { code: "CDN_DOMAIN", want, fix });
  }
  if (entrance.admit) {
    const want = "no addresses: behind CloudFront all visitors have its own";
    report(["admit"], { code: "CDN_ADMIT", want, fix: "remove it, and finish the site before it gets a distribution" });
  }
  if (entrance.domain?.healthPath) {
    const want = "no path: Route 53 cannot ask a load balancer that only CloudFront reaches";
    report(["domain", "healthPath"], { code: "CDN_HEALTH", want, fix: "remove it" });
  }
  if (region && partitionOf(region) !== "aws") {
    const want = `a region of the partition aws: ${region} has no CloudFront that reaches into it`;
    report(["distribution"], { code: "CDN_REGION", want, fix: "remove it" });
  }
}
