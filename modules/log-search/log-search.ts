import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { Construct } from "constructs";
import { allowing } from "../../src/core/iam-policy";
import { InvalidProps } from "../../src/core/invalid-props";
import { watchedSearch } from "../../src/core/watched/searches";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { type Connectable, Connections } from "../connections";
import { complaintsAbout } from "./checks";
import type { LogSearchProps } from "./props";

/** Versions are AWS's own, and stay until this line changes. */
const engineVersion = "OpenSearch_2.19";

/**
 * A search over logs: an OpenSearch domain inside the network, encrypted, with TLS only and access by role. Nobody reaches it
 * until allowed, and nobody may do anything in it until the administrator says so, not even who writes to it.
 *
 * It costs by the hour, from the first minute on. More nodes, another type or a larger volume are changed in place, by nodes that
 * AWS starts beside the old ones; what is in it is a copy of the logs, and goes with it.
 *
 * The account needs AWS's own role for it once: `aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com`.
 */
export class LogSearch extends Construct implements Connectable, Watchable {
  /** Say who may connect: `search.connections.allowFrom(machines, "why")`. */
  readonly connections: Connections;
  /** Host name, without scheme. Known only after apply. */
  readonly host: string;
  readonly watched: Watched;
  /** What a writer must be allowed in IAM; in the domain, the administrator allows it. */
  readonly writeStatement: { readonly actions: readonly string[]; readonly resources: readonly string[] };

  constructor(scope: Construct, id: string, props: LogSearchProps) {
    super(scope, id);
    const { name, region, placement, administratorArn } = props;
    const { nodes = 2, nodeType = "t3.small.search", volumeGib = 20 } = props;
    for (const complaint of complaintsAbout({ ...props, nodes, volumeGib })) throw new InvalidProps(this, complaint);

    this.connections = new Connections(this, "connections", { vpcId: placement.vpcId, ports: 443 });
    const { accountId } = new DataAwsCallerIdentity(this, "account", {});
    const { partition } = new DataAwsPartition(this, "partition", {});
    const arn = `arn:${partition}:es:${region}:${accountId}:domain/${name}`;
    const domain = new OpensearchDomain(this, "domain", {
      domainName: name,
      engineVersion,
      clusterConfig: {
        ...{ instanceType: nodeType, instanceCount: nodes, zoneAwarenessEnabled: nodes > 1 },
        zoneAwarenessConfig: nodes > 1 ? { availabilityZoneCount: nodes } : undefined,
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: volumeGib },
      vpcOptions: {
        subnetIds: placement.subnetIds.slice(0, nodes),
        securityGroupIds: [this.connections.securityGroupId],
      },
      encryptAtRest: { enabled: true },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      advancedSecurityOptions: {
        ...{ enabled: true, internalUserDatabaseEnabled: false, anonymousAuthEnabled: false },
        masterUserOptions: { masterUserArn: administratorArn },
      },
      // IAM's policies of this account decide who may knock; the domain's own roles, what they get.
      accessPolicies: allowing({
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        ...{ Action: "es:ESHttp*", Resource: `${arn}/*` },
      }),
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      tags: { Name: name },
    });
    this.host = domain.endpoint;
    this.watched = watchedSearch({ domain: name, accountId, volumeGib });
    this.writeStatement = { actions: ["es:ESHttpPost"], resources: [`${arn}/*`] };
  }
}
