import { describe, expect, it } from "vitest";
import { type Change, description, load, mistakesOf, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "a name outside its zone",
    { balancers: "public: { domain: { zone: example.com, name: www.example.org } }" },
    `
dev.yaml:7:65 DNS_NAME
  at    wordpress.loadBalancers.public.domain.name
  got   "www.example.org"
  want  example.com, or a name that ends in .example.com
  fix   write for example www.example.com`,
  ],
  [
    "a pattern in place of a name",
    { balancers: 'public: { domain: { zone: example.com, name: "*.example.com" } }' },
    `
dev.yaml:7:65 DNS_NAME
  at    wordpress.loadBalancers.public.domain.name
  got   "*.example.com"
  want  a full name such as shop.example.org: lower-case letters, digits and dashes between dots
  fix   write it without a scheme, a path or a dot at the end`,
  ],
  [
    "a name with a scheme",
    { balancers: 'public: { domain: { zone: example.com, name: "https://www.example.com" } }' },
    `
dev.yaml:7:65 DNS_NAME
  at    wordpress.loadBalancers.public.domain.name
  got   "https://www.example.com"
  want  a full name such as shop.example.org: lower-case letters, digits and dashes between dots
  fix   write it without a scheme, a path or a dot at the end`,
  ],
  [
    "the same name twice",
    { balancers: "public: { domain: { zone: example.com, name: www.example.com, otherNames: [www.example.com] } }" },
    `
dev.yaml:7:95 DNS_NAME
  at    wordpress.loadBalancers.public.domain.otherNames[0]
  got   "www.example.com"
  want  names that differ from each other and from name
  fix   remove it`,
  ],
  [
    "two certificates for one entrance (bad input 30)",
    {
      balancers:
        "public: { domain: { zone: example.com, name: www.example.com }, certificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e }",
    },
    `
dev.yaml:7:100 CERT_TWICE
  at    wordpress.loadBalancers.public.certificateArn
  got   "arn:aws:acm:eu-west-1:111122223333:certificate/0f5c4f2e"
  want  either domain, which makes a certificate, or one that is there
  fix   remove this line`,
  ],
  [
    "a weight that Route 53 does not know (S2-W04)",
    { balancers: "public: { domain: { zone: example.com, name: www.example.com, share: { weight: 256 } } }" },
    `
dev.yaml:7:99 DNS_SHARE
  at    wordpress.loadBalancers.public.domain.share.weight
  got   256
  want  a whole number from 0 to 255
  fix   write 255 or less`,
  ],
  [
    "a continent by its name (S2-W04)",
    { balancers: "public: { domain: { zone: example.com, name: www.example.com, share: { continent: Europe } } }" },
    `
dev.yaml:7:102 DNS_SHARE
  at    wordpress.loadBalancers.public.domain.share.continent
  got   "Europe"
  want  a continent: AF, AN, AS, EU, NA, OC or SA
  fix   write for example { country: DE }, { continent: EU } or { weight: 10 }`,
  ],
  [
    "a place without one for everybody else (S2-W04)",
    { balancers: "public: { domain: { zone: example.com, name: www.example.com, share: { country: DE } } }" },
    `
dev.yaml:7:89 DNS_SHARE
  at    wordpress.loadBalancers.public.domain.share
  got   a map with country
  want  one of this name with country: "*", which answers those whom no other does
  fix   write country: "*" here`,
  ],
  [
    "a health check of a name that is alone (S2-W04)",
    { balancers: "public: { domain: { zone: example.com, name: www.example.com, healthPath: / } }" },
    `
dev.yaml:7:94 DNS_SHARE
  at    wordpress.loadBalancers.public.domain.healthPath
  got   "/"
  want  a share beside it: a name that is alone answers, well or not
  fix   add share: { weight: 100 }, or remove this line`,
  ],
  [
    "one name for two entrances without shares (S2-W04)",
    {
      balancers:
        "public: { domain: { zone: example.com, name: www.example.com } }, other: { domain: { zone: example.com, name: www.example.com } }",
    },
    `
dev.yaml:7:95 DNS_SHARE
  at    wordpress.loadBalancers.other.domain
  got   "domain"
  want  a share of the same kind on both: dev.yaml has the name at wordpress.loadBalancers.public.domain
  fix   give both a share: { weight: … }, or both a place`,
  ],
  [
    "a distribution without a name (S2-W05)",
    { balancers: "public: { distribution: {} }" },
    `
dev.yaml:7:44 CDN_DOMAIN
  at    wordpress.loadBalancers.public.distribution
  got   an empty map
  want  domain beside it: the edge and the load balancer need a certificate for the same name
  fix   add for example domain: { zone: example.com, name: www.example.com }`,
  ],
  [
    "addresses that are admitted behind a distribution",
    {
      balancers:
        "public: { domain: { zone: example.com, name: www.example.com }, distribution: {}, admit: [198.51.100.7/32] }",
    },
    `
dev.yaml:7:109 CDN_ADMIT
  at    wordpress.loadBalancers.public.admit
  got   a list of 1
  want  no addresses: behind CloudFront all visitors have its own
  fix   remove it, and finish the site before it gets a distribution`,
  ],
  [
    "pages that the edge keeps for longer than a day (S3-W14)",
    {
      balancers:
        "public: { domain: { zone: example.com, name: www.example.com }, distribution: { pageSeconds: 86401 } }",
    },
    `
dev.yaml:7:113 CDN_SECONDS
  at    wordpress.loadBalancers.public.distribution.pageSeconds
  got   86401
  want  a whole number from 0 to 86400
  fix   write 86400 or less`,
  ],
  [
    "a limit below what WAF takes (S3-W11)",
    { balancers: "public: { webAcl: { loginRequests: 5 } }" },
    `
dev.yaml:7:55 WAF_LIMIT
  at    wordpress.loadBalancers.public.webAcl.loginRequests
  got   5
  want  a whole number from 10 to 2000000000
  fix   write 10 or more`,
  ],
  [
    "a rule that counts and is none (S3-W11)",
    { balancers: "public: { webAcl: { counted: [wordpres] } }" },
    `
dev.yaml:7:50 WAF_RULE
  at    wordpress.loadBalancers.public.webAcl.counted[0]
  got   "wordpres"
  want  reputation, common, bad-inputs, wordpress, php, sql, login, xmlrpc or requests
  fix   did you mean wordpress?`,
  ],
  [
    "a limit that counts and is not there (S3-W11)",
    { balancers: "public: { webAcl: { counted: [requests] } }" },
    `
dev.yaml:7:49 WAF_RULE
  at    wordpress.loadBalancers.public.webAcl.counted
  got   a list of 1
  want  rules that there are: without requests there is no limit to count
  fix   add requests: 5000 beside it, or remove the word`,
  ],
  [
    "a web ACL that neither refuses nor counts (S3-W11)",
    { balancers: "public: { webAcl: { mode: log } }" },
    `
dev.yaml:7:46 WAF_MODE
  at    wordpress.loadBalancers.public.webAcl.mode
  got   "log"
  want  block or count
  fix   write block or count`,
  ],
];

describe("mistakes in entrances", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});

describe("a name that several environments share (S2-W04)", () => {
  const copy = (share: string) =>
    description({ balancers: `public: { domain: { zone: example.com, name: www.example.com, share: ${share} } }` });

  it("divides its visitors by place, or by weight", () => {
    expect(load({ "eu.yaml": copy('{ country: "*" }'), "us.yaml": copy("{ continent: NA }") })).toHaveLength(2);
    expect(load({ "blue.yaml": copy("{ weight: 90 }"), "green.yaml": copy("{ weight: 10 }") })).toHaveLength(2);
  });

  it.each([
    ["by two measures", '{ country: "*" }', "{ weight: 1 }", "want  a share of the same kind on both"],
    ["with one place twice", '{ country: "*" }', '{ country: "*" }', "want  a place that no other has for this name"],
    ["with nobody for the rest", "{ country: DE }", "{ continent: NA }", 'want  one of this name with country: "*"'],
  ])("is not divided %s", (_, one, other, message) => {
    expect(mistakesOf({ "eu.yaml": copy(one), "us.yaml": copy(other) }).report).toContain(message);
  });
});
