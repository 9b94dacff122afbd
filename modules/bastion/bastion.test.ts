import { Instance } from "@cdktf/provider-aws/lib/instance";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { Bastion, type BastionProps } from ".";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1SbVJtUm1S me@example.com";
const ssh = { from: "198.51.100.7/32", publicKey };
const bastion = (props: Partial<BastionProps> = {}) =>
  synthesize((stack) => {
    const placement = { vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };
    new Bastion(stack, "bastion", { name: "dashboard-dev", placement, image: { amiId: "ami-01234567" }, ...props });
  });

describe("a bastion", () => {
  it("stands in a public subnet with an encrypted disk, and gives its credentials to IMDSv2 alone (S4-48)", () => {
    expect(bastion().one(Instance)).toMatchObject({
      subnet_id: "subnet-a",
      associate_public_ip_address: true,
      instance_type: "t3.micro",
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true, delete_on_termination: true },
      tags: { Name: "dashboard-dev-bastion" },
    });
  });

  it("is open to nobody, and has no key: Session Manager leads in (S4-49)", () => {
    const { all, one } = bastion();
    expect(all(VpcSecurityGroupIngressRule)).toEqual([]);
    expect(all(KeyPair)).toEqual([]);
    expect(one(Instance)).not.toHaveProperty("key_name");
  });

  it("opens port 22 for one address where asked to (S4-49)", () => {
    const { one } = bastion({ ssh });
    expect(one(VpcSecurityGroupIngressRule)).toMatchObject({
      from_port: 22,
      to_port: 22,
      cidr_ipv4: "198.51.100.7/32",
    });
    expect(one(KeyPair)).toMatchObject({ public_key: publicKey });
    expect(one(Instance).key_name).toMatch(/^\$\{aws_key_pair\.bastion_key_\w+\.key_name\}$/);
  });

  it("is made anew when its first boot changes", () => {
    expect(bastion({ userData: "#!/bin/sh\necho ${HOME}\n" }).one(Instance)).toMatchObject({
      user_data: "#!/bin/sh\necho $${HOME}\n",
      user_data_replace_on_change: true,
    });
  });

  it("keeps its operator's work when there is a newer image", () => {
    expect(bastion().one(Instance).lifecycle).toEqual({ ignore_changes: ["ami"] });
  });

  it("refuses to stand nowhere", () => {
    expect(() => bastion({ placement: { vpcId: "vpc-1", subnetIds: [] } })).toThrow(
      "test/bastion: placement.subnetIds must be at least one subnet, got []",
    );
  });

  it("takes the two kinds of keys that EC2 takes", () => {
    const key = (kind: string) => bastion({ ssh: { ...ssh, publicKey: `${kind} AAAAB3NzaC1yc2EAAAADAQAB me` } });
    expect(key("ssh-rsa").one(KeyPair).public_key).toMatch(/^ssh-rsa /);
    for (const kind of ["ecdsa-sha2-nistp256", "ssh-dss", "sk-ssh-ed25519@openssh.com"]) {
      expect(() => key(kind)).toThrow("test/bastion: ssh.publicKey must be a public ED25519 or RSA key of one line");
    }
  });

  it.each([
    "0.0.0.0/0",
    "198.51.100.0/24",
    "198.51.100.7",
    "2001:db8::1/128",
  ])("refuses %s as the one address", (from) => {
    expect(() => bastion({ ssh: { ...ssh, from } })).toThrow("test/bastion: ssh.from must be one IPv4 address as /32");
  });

  it("refuses a private key, without repeating it", () => {
    const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n";
    expect(() => bastion({ ssh: { ...ssh, publicKey: privateKey } })).toThrow(
      /ssh\.publicKey must be a public ED25519 or RSA key/,
    );
    expect(() => bastion({ ssh: { ...ssh, publicKey: privateKey } })).not.toThrow(/b3BlbnNza/);
  });

  it("refuses a type that AWS does not have, and user data that cloud-init would ignore", () => {
    expect(() => bastion({ instanceType: "t3.tiny" })).toThrow("test/bastion: instanceType must be");
    expect(() => bastion({ userData: "dnf install" })).toThrow("test/bastion: userData must be");
  });
});
