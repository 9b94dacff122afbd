import { linkedRole, of, type Rows } from "../grant";
import { vendedLogs } from "./vended-logs";
import { makeTagged } from "./vpc";

const { look, own, write } = of("ec2");

/** Tunnels to other data centres. */
export const vpn: Rows = {
  aws_customer_gateway: [
    look("DescribeCustomerGateways"),
    ...makeTagged("customer-gateway/*", "CreateCustomerGateway"),
    own("customer-gateway/*", "DeleteCustomerGateway"),
  ],
  aws_vpn_gateway: [
    look("DescribeVpnGateways"),
    ...makeTagged("vpn-gateway/*", "CreateVpnGateway"),
    own(["vpn-gateway/*", "vpc/*"], "AttachVpnGateway", "DetachVpnGateway"),
    own("vpn-gateway/*", "DeleteVpnGateway"),
  ],
  aws_vpn_gateway_route_propagation: [
    look("DescribeRouteTables"),
    own(["route-table/*", "vpn-gateway/*"], "EnableVgwRoutePropagation", "DisableVgwRoutePropagation"),
  ],
  aws_vpn_connection: [
    look("DescribeVpnConnections"),
    ...makeTagged("vpn-connection/*", "CreateVpnConnection"),
    own(["customer-gateway/*", "vpn-gateway/*"], "CreateVpnConnection"),
    own("vpn-connection/*", "ModifyVpnConnection", "ModifyVpnConnectionOptions", "ModifyVpnTunnelOptions"),
    own("vpn-connection/*", "ModifyVpnTunnelCertificate", "DeleteVpnConnection"),
    // Tunnels write their log, and their keys lie in secrets that the service names and then keeps by a role of its own.
    ...vendedLogs,
    of("secretsmanager").write("secret:s2svpn!*", "CreateSecret", "TagResource", "DescribeSecret", "PutSecretValue"),
    linkedRole("s2svpn.amazonaws.com"),
  ],
  aws_vpn_connection_route: [
    look("DescribeVpnConnections"),
    write("*", "CreateVpnConnectionRoute", "DeleteVpnConnectionRoute"),
  ],
};
