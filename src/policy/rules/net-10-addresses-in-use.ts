import { complainIf, must, rule } from "../rule";

export const net10 = rule({
  id: "NET-10",
  title: "every Elastic IP belongs to something",
  severity: "low",
  types: ["aws_eip"],
  why: "an address that nothing uses costs money, and is forgotten when the firewall of a partner still trusts it",
  fix: "give it to a NAT gateway, a machine or a load balancer, or remove it",
  also: ["CKV2_AWS_19", "EC2.12"],
  inspect: (eip, doc) => {
    const { instance, network_interface } = eip.body;
    const owners = ["aws_nat_gateway", "aws_eip_association", "aws_lb"].flatMap((type) => doc.referrers(eip, type));
    const idle = instance === undefined && network_interface === undefined && owners.length === 0;
    return [
      ...must(eip, "domain", "vpc"),
      ...complainIf(idle, eip, "allocation_id", undefined, "an owner of this address"),
    ];
  },
});
