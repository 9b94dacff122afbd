export { Bastion, type BastionProps, type SshAccess } from "./bastion";
