import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { watchedTunnels } from "../../src/core/watched/network";
import type { Watchable, Watched } from "../../src/core/watched/watched";
import { VpnAlarms } from "./alarms";
import { complaintsAbout, defaultDeviceAsn } from "./checks";
import type { VpnDevice, VpnProps, VpnTunnel } from "./props";
import { tunnelSettings } from "./tunnel-settings";

/**
 * A site-to-site VPN that survives a device on the other side and a zone on this one: two connections to two devices, each with two
 * tunnels that end in different zones. Each connection costs by the hour, and traffic by the gigabyte.
 *
 * Amazon draws the pre-shared keys and keeps them in Secrets Manager: neither code nor state has them. Of the four tunnels one
 * carries the traffic to a range at a time. The devices should answer by the tunnel that the request came by (AS path prepending
 * or MED), and their firewall admits the network's private ranges. Amazon announces its maintenance of a tunnel and waits for
 * somebody to apply it, until the date that it names.
 */
export class Vpn extends Construct implements Watchable {
  readonly gatewayId: string;
  /** The four tunnels, devices in the order of their names. */
  readonly tunnels: readonly VpnTunnel[];
  /** Ids of the connections by device: `aws ec2 describe-vpn-connections` has the configuration of each. */
  readonly connectionIds: Readonly<Record<string, string>>;
  /** By device, the secret with the pre-shared keys of its tunnels. Known only after apply. */
  readonly keySecretArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: VpnProps) {
    super(scope, id);
    const { name, network, amazonAsn = 64_512, logDays = 30, onRemoval = "keep", alarmTopicArn } = props;
    for (const complaint of complaintsAbout({ ...props, amazonAsn, logDays })) throw new InvalidProps(this, complaint);

    const gateway = new VpnGateway(this, "gateway", {
      vpcId: network.vpcId,
      amazonSideAsn: `${amazonAsn}`,
      tags: { Name: name },
    });
    this.gatewayId = gateway.id;
    for (const [key, routeTableId] of Object.entries(network.privateRouteTableIds)) {
      new VpnGatewayRoutePropagation(this, `routes-to-${key}`, { vpnGatewayId: gateway.id, routeTableId });
    }
    // Groups of this prefix need no entry of their own in the account's one policy for logs, which is soon full.
    const log = new CloudwatchLogGroup(this, "log", {
      name: `/aws/vendedlogs/vpn/${name}`,
      retentionInDays: logDays,
      skipDestroy: onRemoval === "keep",
    });
    const devices = Object.entries(props.devices).sort(([a], [b]) => (a < b ? -1 : 1));
    const connections = devices.map(
      ([key, device]) => [key, this.connect(key, device, props, { gateway, log })] as const,
    );
    this.connectionIds = Object.fromEntries(connections.map(([key, { id: connectionId }]) => [key, connectionId]));
    this.keySecretArns = Object.fromEntries(connections.map(([key, { presharedKeyArn }]) => [key, presharedKeyArn]));
    this.tunnels = connections.flatMap(([key, connection]) => tunnelsOf(key, connection));
    if (alarmTopicArn !== undefined) {
      new VpnAlarms(this, "alarms", { name, topicArn: alarmTopicArn, tunnels: this.tunnels });
    }
  }

  get watched(): Watched {
    return watchedTunnels(this.tunnels.map(({ outsideAddress }) => outsideAddress));
  }

  private connect(key: string, device: VpnDevice, props: VpnProps, { gateway, log }: Site): VpnConnection {
    const { asn = defaultDeviceAsn, insideCidrs: [first, second] = [] } = device;
    const tags = { Name: `${props.name}-${key}` };
    const customer = new CustomerGateway(this, `device-${key}`, {
      type: "ipsec.1",
      ipAddress: device.address,
      // Without a name of its own, AWS hands out the one that another stack has made for the same address.
      deviceName: `${props.name}-${key}`,
      // AWS takes the upper half of the numbers by another argument.
      ...(asn > 2_147_483_647 ? { bgpAsnExtended: `${asn}` } : { bgpAsn: `${asn}` }),
      tags,
      // A device that a connection leads to cannot be deleted: the connection is led to its successor first.
      lifecycle: { createBeforeDestroy: true },
    });
    const fixed = props.routing === "static";
    const connection = new VpnConnection(this, `connection-${key}`, {
      type: "ipsec.1",
      vpnGatewayId: gateway.id,
      customerGatewayId: customer.id,
      staticRoutesOnly: fixed,
      presharedKeyStorage: "SecretsManager",
      ...tunnelSettings(1, first, log.arn),
      ...tunnelSettings(2, second, log.arn),
      tags,
      // A gateway with connections cannot be deleted, and the VPC takes no second one to move them to: they go with it. By its
      // id, which stays when something else of it changes. Terraform wants the bare address here; CDKTF would write an expression.
      lifecycle: { replaceTriggeredBy: [`${gateway.terraformResourceType}.${gateway.friendlyUniqueId}.id`] },
    });
    for (const range of fixed ? props.remoteRanges : []) {
      new VpnConnectionRoute(this, `route-${key}-${range.replace(/[./]/g, "-")}`, {
        vpnConnectionId: connection.id,
        destinationCidrBlock: range,
      });
    }
    return connection;
  }
}

interface Site {
  readonly gateway: VpnGateway;
  readonly log: CloudwatchLogGroup;
}

function tunnelsOf(device: string, connection: VpnConnection): VpnTunnel[] {
  return [
    {
      ...{ device, number: 1, outsideAddress: connection.tunnel1Address },
      amazonInsideAddress: connection.tunnel1VgwInsideAddress,
      deviceInsideAddress: connection.tunnel1CgwInsideAddress,
    },
    {
      ...{ device, number: 2, outsideAddress: connection.tunnel2Address },
      amazonInsideAddress: connection.tunnel2VgwInsideAddress,
      deviceInsideAddress: connection.tunnel2CgwInsideAddress,
    },
  ];
}
