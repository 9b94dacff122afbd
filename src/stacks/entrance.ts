import type { TerraformProvider, TerraformStack } from "cdktf";
import { Certificate } from "../../modules/certificate";
import { Distribution } from "../../modules/distribution";
import { DnsRecord, type Target } from "../../modules/dns-record";
import { LoadBalancer } from "../../modules/load-balancer";
import { type Group, WebAcl } from "../../modules/web-acl";
import type { Dashboard, Environment, Wordpress } from "../config";
import type { ZonedPlacement } from "../core/placement";
import { edgeRegion } from "../core/watched/edges";
import { inRegion, type Watchable } from "../core/watched/watched";
import { edgeProvider } from "./foundation";

type SiteOptions = Wordpress["loadBalancers"][string];
type WebOptions = Omit<Dashboard["entrance"], "accessLogDays">;

/** Where an entrance stands. */
export interface EntranceSite {
  /** Name in AWS, such as `wordpress-dev-public`: also the key of its share of a name. */
  readonly name: string;
  readonly system: string;
  /** Region of the system, which need not be that of the environment. */
  readonly region: string;
  readonly environment: Environment;
  readonly network: { readonly public: ZonedPlacement; readonly private: ZonedPlacement };
  /** @default - none are written */
  readonly accessLogs?: { readonly bucket: string; readonly prefix?: string };
}

/** A load balancer, and what stands before it. */
export interface Entrance {
  readonly balancer: LoadBalancer;
  readonly url: string;
  readonly distribution: Distribution | undefined;
  /** Everything of it that can fail, by words that begin with its id. */
  readonly watched: Readonly<Record<string, Watchable>>;
  /** Lets in whom its description admits. */
  open(): void;
}

const webGroups: readonly Group[] = ["reputation", "common", "bad-inputs", "sql"];

/** Places an entrance: its certificate and names, the load balancer, and the web ACL and the edge where asked for. */
export function placeEntrance(
  stack: TerraformStack,
  id: string,
  { admit, domain, webAcl, certificateArn, ...options }: SiteOptions | WebOptions,
  site: EntranceSite,
): Entrance {
  const { name, network, environment, accessLogs } = site;
  const { onRemoval } = environment;
  const { distribution: edge, ...balancing } =
    "distribution" in options ? options : { ...options, distribution: undefined };
  const provider = edge && edgeProvider(stack, environment, site.system);
  const certificate = domain && certificateFor(stack, id, domain);
  const balancer = new LoadBalancer(stack, id, {
    ...{ name, accessLogs, onRemoval, ...balancing },
    placement: edge ? network.private : network.public,
    internal: edge !== undefined,
    certificateArn: certificate?.arn ?? certificateArn,
  });
  const acl = webAcl && aclFor(stack, id, webAcl, site, provider);
  if (acl && !edge) acl.protect("entrance", balancer);
  const atEdge = edge && domain && edgeCertificate(stack, id, domain, site.region, certificate!, provider!);
  const distribution =
    edge && domain && atEdge
      ? new Distribution(stack, `${id}-distribution`, {
          ...{ name, names: namesOf(domain), origin: balancer, provider: provider!, ...edge, onRemoval },
          ...{ certificateArn: atEdge.arn, webAclArn: acl?.arn },
        })
      : undefined;
  if (domain) leadTo(stack, id, domain, site, distribution ?? balancer, distribution !== undefined);
  return {
    balancer,
    distribution,
    watched: {
      [id]: balancer,
      ...(certificate && { [`${id}-certificate`]: certificate }),
      ...(acl && { [`${id}-web-acl`]: { watched: acl.watchedIn(site.region) } }),
      ...(distribution && { [`${id}-distribution`]: distribution }),
      ...(atEdge &&
        atEdge !== certificate && { [`${id}-edge-certificate`]: { watched: inRegion(edgeRegion, atEdge.watched) } }),
    },
    url: `${domain || certificateArn ? "https" : "http"}://${domain?.name ?? balancer.dnsName}`,
    open: () => {
      if (distribution) balancer.allowFromCloudFront("visitors, by way of the distribution");
      else if (admit) balancer.allowFromAddresses(admit, "visitors admitted by the description");
      else balancer.allowFromInternet("visitors");
    },
  };
}

type Domain = NonNullable<SiteOptions["domain"]>;

const namesOf = ({ name, otherNames }: Domain) => [name, ...otherNames];
const slug = (name: string) => name.replaceAll(".", "-");

function certificateFor(stack: TerraformStack, id: string, domain: Domain): Certificate {
  return new Certificate(stack, `${id}-certificate`, { zone: { name: domain.zone }, names: namesOf(domain) });
}

/** CloudFront takes certificates of us-east-1 only. */
function edgeCertificate(
  stack: TerraformStack,
  id: string,
  domain: Domain,
  region: string,
  here: Certificate,
  provider: TerraformProvider,
): Certificate {
  if (region === edgeRegion) return here;
  const names = namesOf(domain);
  return new Certificate(stack, `${id}-edge-certificate`, {
    ...{ zone: { name: domain.zone }, names, provider, provenBy: here },
  });
}

/** An alias per name. That of a name which is not shared is at an address of its own, so that it can move to another entrance. */
function leadTo(
  stack: TerraformStack,
  id: string,
  domain: Domain,
  site: EntranceSite,
  target: Target,
  ipv6: boolean,
): void {
  const { zone, share, healthPath } = domain;
  for (const name of namesOf(domain)) {
    const place = share ? `${id}-alias-${slug(name)}` : `alias-${slug(name)}`;
    const own = share && { ...share, key: site.name };
    new DnsRecord(stack, place, { zone: { name: zone }, name, target, ipv6, share: own, healthPath });
  }
}

type Acl = NonNullable<SiteOptions["webAcl"]> | NonNullable<WebOptions["webAcl"]>;

function aclFor(
  stack: TerraformStack,
  id: string,
  { mode, counted, requests, logDays, ...site }: Acl,
  { name, environment }: EntranceSite,
  provider: TerraformProvider | undefined,
): WebAcl {
  const limits = "loginRequests" in site && {
    login: { path: "/wp-login.php", requests: site.loginRequests },
    xmlrpc: { path: "/xmlrpc.php", requests: site.xmlrpcRequests },
  };
  return new WebAcl(stack, `${id}-web-acl`, {
    ...{ name, mode, counted, requests, logDays, provider, onRemoval: environment.onRemoval },
    scope: provider ? "CLOUDFRONT" : "REGIONAL",
    ...(limits ? { limits } : { groups: webGroups }),
  });
}
