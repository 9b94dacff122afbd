export { MachineRole, type MachineRoleProps, type Statement } from "./machine-role";
