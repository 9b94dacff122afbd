import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import { TerraformOutput } from "cdktf";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { Vpn, type VpnProps } from ".";

const devices = { south: { address: "198.51.100.7" }, north: { address: "203.0.113.12" } };
const network = {
  vpcId: "vpc-1",
  cidr: "10.0.0.0/16",
  privateRouteTableIds: { "private-a": "rtb-a", "private-b": "rtb-b" },
};
const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";

const vpn = (props: Partial<VpnProps> = {}) =>
  synthesize((stack) => {
    const all = { name: "guestbook-dev", network, devices, remoteRanges: ["192.168.40.0/24"], ...props };
    const made = new Vpn(stack, "vpn", all);
    const { tunnels, connectionIds, keySecretArns, gatewayId } = made;
    new TerraformOutput(stack, "told", { value: { tunnels, connectionIds, keySecretArns, gatewayId } });
  });

/** The settings of both tunnels of a connection. */
const tunnelsOf = (connection: Block) =>
  [1, 2].map((number) => {
    const own = Object.entries(connection).filter(([key]) => key.startsWith(`tunnel${number}_`));
    return Object.fromEntries(own.map(([key, value]) => [key.slice("tunnel1_".length), value]));
  });

describe("a VPN", () => {
  it("connects one gateway of the network to two devices, by four tunnels (S0-20) (S0-21)", () => {
    const { all, one } = vpn();
    expect(one(VpnGateway)).toMatchObject({ vpc_id: "vpc-1", amazon_side_asn: "64512" });
    expect(all(CustomerGateway)).toMatchObject([
      { ip_address: "203.0.113.12", type: "ipsec.1", bgp_asn: "65000" },
      { ip_address: "198.51.100.7", type: "ipsec.1", bgp_asn: "65000" },
    ]);
    const connections = all(VpnConnection);
    expect(connections).toHaveLength(2);
    expect(new Set(connections.map((each) => each.customer_gateway_id)).size).toBe(2);
    expect(new Set(connections.map((each) => each.vpn_gateway_id)).size).toBe(1);
    expect(connections.flatMap(tunnelsOf)).toHaveLength(4);
  });

  it("learns routes by BGP, and tells them to every route table given (S0-21)", () => {
    const { all } = vpn();
    for (const connection of all(VpnConnection)) expect(connection.static_routes_only).toBe(false);
    expect(all(VpnConnectionRoute)).toEqual([]);
    expect(all(VpnGatewayRoutePropagation).map((each) => each.route_table_id)).toEqual(["rtb-a", "rtb-b"]);
  });

  it("writes routes down where the devices know no BGP", () => {
    const { all } = vpn({ routing: "static", remoteRanges: ["192.168.40.0/24", "192.168.50.0/24"] });
    for (const connection of all(VpnConnection)) expect(connection.static_routes_only).toBe(true);
    const routes = all(VpnConnectionRoute);
    expect(routes.map((route) => route.destination_cidr_block).sort()).toEqual([
      ...["192.168.40.0/24", "192.168.40.0/24", "192.168.50.0/24", "192.168.50.0/24"],
    ]);
    expect(new Set(routes.map((route) => route.vpn_connection_id)).size).toBe(2);
  });

  it("agrees to strong encryption only, and calls by itself, again and again (S0-21)", () => {
    for (const tunnel of vpn().all(VpnConnection).flatMap(tunnelsOf)) {
      expect(tunnel).toMatchObject({
        ike_versions: ["ikev2"],
        startup_action: "start",
        dpd_timeout_action: "restart",
        enable_tunnel_lifecycle_control: true,
      });
      for (const phase of ["phase1", "phase2"]) {
        expect(tunnel[`${phase}_encryption_algorithms`]).toEqual(["AES256-GCM-16"]);
        expect(tunnel[`${phase}_integrity_algorithms`]).toEqual(["SHA2-384", "SHA2-512"]);
        expect(tunnel[`${phase}_dh_group_numbers`]).toEqual([19, 20, 21]);
      }
    }
  });

  it("keeps its pre-shared keys in Secrets Manager, out of code and state", () => {
    const { all, document } = vpn();
    for (const connection of all(VpnConnection)) {
      expect(connection.preshared_key_storage).toBe("SecretsManager");
      expect(connection).not.toHaveProperty("tunnel1_preshared_key");
    }
    expect(document.output.told.value.keySecretArns).toMatchObject({
      north: expect.stringMatching(/^\$\{aws_vpn_connection\.vpn_connection-north_\w+\.preshared_key_arn\}$/),
      south: expect.stringMatching(/^\$\{aws_vpn_connection\.vpn_connection-south_\w+\.preshared_key_arn\}$/),
    });
  });

  it("writes down what each tunnel does, for as long as asked", () => {
    const { all, one } = vpn({ logDays: 90, onRemoval: "destroy" });
    expect(one(CloudwatchLogGroup)).toMatchObject({
      name: "/aws/vendedlogs/vpn/guestbook-dev",
      retention_in_days: 90,
      skip_destroy: false,
    });
    expect(vpn().one(CloudwatchLogGroup).skip_destroy).toBe(true);
    for (const tunnel of all(VpnConnection).flatMap(tunnelsOf)) {
      expect(tunnel.log_options.cloudwatch_log_options).toMatchObject({
        log_enabled: true,
        log_output_format: "json",
        log_group_arn: expect.stringContaining("aws_cloudwatch_log_group.vpn_log"),
      });
    }
  });

  it("takes fixed ranges inside the tunnels, and leaves others to AWS", () => {
    const fixed = { ...devices.north, insideCidrs: ["169.254.10.0/30", "169.254.10.4/30"] as const };
    const [north, south] = vpn({ devices: { ...devices, north: fixed } }).all(VpnConnection);
    expect(tunnelsOf(north!).map((each) => each.inside_cidr)).toEqual(["169.254.10.0/30", "169.254.10.4/30"]);
    expect(tunnelsOf(south!).map((each) => each.inside_cidr)).toEqual([undefined, undefined]);
  });

  it("gives the upper half of AS numbers by the argument that AWS has for them", () => {
    const [north] = vpn({ devices: { ...devices, north: { ...devices.north, asn: 4_200_000_000 } } }).all(
      CustomerGateway,
    );
    expect([north!.bgp_asn, north!.bgp_asn_extended]).toEqual([undefined, "4200000000"]);
  });

  it("shares a device with the VPN of another stack: AWS would hand out one gateway for both, by its address", () => {
    const names = ["shop-dev", "shop-test"].flatMap((name) =>
      vpn({ name })
        .all(CustomerGateway)
        .map(({ device_name }) => device_name),
    );
    expect(names).toEqual(["shop-dev-north", "shop-dev-south", "shop-test-north", "shop-test-south"]);
  });

  it("leads a connection to the successor of a device before the device goes, which AWS refuses to delete until then", () => {
    for (const { lifecycle } of vpn().all(CustomerGateway)) expect(lifecycle).toEqual({ create_before_destroy: true });
  });

  it("ends its connections before a gateway with another number, which AWS refuses to delete until then", () => {
    const { all, addresses } = vpn();
    const gateway = addresses().find((address) => address.startsWith("aws_vpn_gateway."));
    for (const { lifecycle } of all(VpnConnection))
      expect(lifecycle).toEqual({ replace_triggered_by: [`${gateway}.id`] });
  });

  it("tells whoever sets up the other end where the tunnels are", () => {
    const { tunnels } = vpn().document.output.told.value;
    expect(tunnels.map(({ device, number }: Block) => `${device} ${number}`)).toEqual([
      ...["north 1", "north 2", "south 1", "south 2"],
    ]);
    expect(tunnels[1].outsideAddress).toMatch(/connection-north_\w+\.tunnel2_address\}$/);
    expect(tunnels[2].deviceInsideAddress).toMatch(/connection-south_\w+\.tunnel1_cgw_inside_address\}$/);
  });

  it("keeps its addresses when the devices are written in another order", () => {
    const { north, south } = devices;
    expect(vpn({ devices: { north, south } }).json).toEqual(vpn().json);
  });
});

describe("the alarms of a VPN", () => {
  const alarms = () => {
    const made = vpn({ alarmTopicArn: topic }).all(CloudwatchMetricAlarm);
    return Object.fromEntries(made.map((alarm) => [alarm.alarm_name.slice("guestbook-dev-vpn-".length), alarm]));
  };

  it("are one per tunnel, one per connection and one on all (S0-21)", () => {
    expect(Object.keys(alarms()).sort()).toEqual([
      ...["every-tunnel-down", "north-down", "north-tunnel-1-down", "north-tunnel-2-down"],
      ...["south-down", "south-tunnel-1-down", "south-tunnel-2-down"],
    ]);
  });

  it("tell all tunnels from a device that is called all", () => {
    const named = { all: devices.north, south: devices.south };
    const names = vpn({ alarmTopicArn: topic, devices: named })
      .all(CloudwatchMetricAlarm)
      .map(({ alarm_name }) => alarm_name);
    expect(new Set(names).size).toBe(7);
  });

  it("go to the topic, both ways, after fifteen minutes, also when AWS says nothing", () => {
    for (const alarm of Object.values(alarms())) {
      expect(alarm).toMatchObject({
        ...{ alarm_actions: [topic], ok_actions: [topic], treat_missing_data: "breaching" },
        ...{ comparison_operator: "LessThanThreshold", threshold: 1, evaluation_periods: 3, datapoints_to_alarm: 3 },
      });
    }
  });

  it("look at one tunnel each by its address", () => {
    expect(alarms()["south-tunnel-2-down"]).toMatchObject({
      ...{ namespace: "AWS/VPN", metric_name: "TunnelState", period: 300, statistic: "Maximum" },
      dimensions: { TunnelIpAddress: expect.stringMatching(/connection-south_\w+\.tunnel2_address\}$/) },
    });
  });

  it("take the best of several tunnels, so that maintenance of one wakes nobody", () => {
    const queries = (name: string) => alarms()[name]!.metric_query as Block[];
    expect(queries("north-down").map(({ expression }) => expression)).toEqual([
      ...["MAX([north_1, north_2])", undefined, undefined],
    ]);
    expect(queries("every-tunnel-down")[0]).toMatchObject({
      expression: "MAX([north_1, north_2, south_1, south_2])",
      return_data: true,
    });
    const ips = queries("every-tunnel-down").flatMap(({ metric }) =>
      metric ? [metric.dimensions.TunnelIpAddress] : [],
    );
    expect(new Set(ips).size).toBe(4);
  });

  it("are not there without a topic", () => {
    expect(vpn().all(CloudwatchMetricAlarm)).toEqual([]);
  });
});

describe("what a VPN refuses", () => {
  const { north, south } = devices;
  it.each<[string, Partial<VpnProps>, string]>([
    ["one device", { devices: { north } }, "devices must be two devices"],
    ["three devices", { devices: { north, south, east: { address: "203.0.113.99" } } }, "devices must be two devices"],
    [
      "two devices with one address (S0-21)",
      { devices: { north, south: north } },
      'devices must be different from each other, got "203.0.113.12"',
    ],
    [
      "a device that the internet does not reach",
      { devices: { north: { address: "10.1.2.3" }, south } },
      "devices.north.address must be an IPv4 address that the internet reaches",
    ],
    [
      "a device with Amazon's number",
      { devices: { north: { ...north, asn: 64_512 }, south } },
      "devices.north.asn must be another AS number than Amazon's side, 64512",
    ],
    ["a public number for Amazon's side", { amazonAsn: 3215 }, "amazonAsn must be a private AS number"],
    [
      "a range of the other side that is the network's own",
      { remoteRanges: ["192.168.40.0/24", "10.0.128.0/24"] },
      "remoteRanges must be apart from 10.0.0.0/16, the range of the VPC",
    ],
    ["no range of the other side", { remoteRanges: [] }, "remoteRanges must be at least one range"],
    ["a range twice", { remoteRanges: ["192.168.40.0/24", "192.168.40.0/24"] }, "remoteRanges must be different"],
    [
      "a range inside a tunnel that AWS keeps",
      { devices: { north: { ...north, insideCidrs: ["169.254.5.0/30", "169.254.10.0/30"] }, south } },
      "devices.north.insideCidrs must be none of 169.254.0.0/30",
    ],
    [
      "a range inside two tunnels",
      {
        devices: {
          north: { ...north, insideCidrs: ["169.254.10.0/30", "169.254.10.4/30"] },
          south: { ...south, insideCidrs: ["169.254.10.4/30", "169.254.10.8/30"] },
        },
      },
      'devices must be different from each other, got "169.254.10.4/30"',
    ],
    [
      "a device called like every tunnel",
      { devices: { north, "every-tunnel": south } },
      "devices must be names that no",
    ],
    ["a device called like a tunnel", { devices: { north, "north-tunnel-1": south } }, "devices must be names that no"],
    ["a device name that is no address", { devices: { North: north, south } }, "devices must be names of lower-case"],
    [
      "a network without route tables",
      { network: { ...network, privateRouteTableIds: {} } },
      "at least one route table",
    ],
    ["an odd period of logs", { logDays: 31 }, "logDays must be one of"],
    ["a name with other characters", { name: "Guestbook dev" }, "name must be 1 to 100 lower-case letters"],
  ])("is %s", (_, props, message) => {
    expect(() => vpn(props)).toThrow(message);
  });
});
