import { isIPv4 } from "node:net";
import { section, text } from "./field";
import { machines } from "./machines";

const oneAddress = {
  code: "SSH_SOURCE",
  want: "one public IPv4 address in CIDR notation, such as 198.51.100.7/32",
  fix: "the machine is for one person: write your own address and /32 after it",
};

const ssh = section("Port 22, for one address. Without it, nothing is open: Session Manager leads in.", {
  from: text("Your own public address, as /32.", {
    ...oneAddress,
    check: (cidr) => (cidr.endsWith("/32") && isIPv4(cidr.slice(0, -3)) ? undefined : oneAddress),
  }),
  publicKey: text("Your public SSH key: ED25519 or RSA.", {
    code: "SSH_KEY",
    want: "a public ED25519 or RSA key such as ssh-ed25519 AAAA… you@example.com",
    fix: "EC2 takes no others: copy the line of ~/.ssh/id_ed25519.pub; the private key stays where it is",
    pattern: /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{40,}={0,3}( [^\n]{1,100})?$/,
  }),
});

/** A machine to load the database from, for as long as it takes. */
export const bastion = section(
  "A temporary machine inside the VPC with a PostgreSQL client. Remove it again when the database is loaded.",
  {
    type: machines.shape.type.unwrap().default("t3.micro"),
    ssh: ssh.optional(),
  },
);
