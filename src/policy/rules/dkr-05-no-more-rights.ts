import { blocks, list } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

/** Namespaces that a container may share with the machine. */
const shared = ["network_mode", "pid_mode", "ipc_mode", "userns_mode"];
/** Powers by which one gets all others. */
const rootlike = /^(CAP_)?(ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|DAC_READ_SEARCH|BPF)$/i;

export const dkr05 = rule({
  id: "DKR-05",
  title: "containers on this machine have no rights over it",
  severity: "high",
  types: ["docker_container"],
  why: "who breaks into a container that has the host's network, the engine's socket or root's powers has the machine",
  fix: "drop ALL capabilities and name those that are needed, add no-new-privileges, and give it nothing of the host",
  inspect: (container) => {
    const { privileged, capabilities, security_opts, mounts, volumes, devices } = container.body;
    const added = blocks(capabilities).flatMap(({ add }) => list(add));
    const dropped = blocks(capabilities).flatMap(({ drop }) => list(drop));
    const places = [
      ...blocks(mounts).map(({ source }) => source),
      ...blocks(volumes).map(({ host_path }) => host_path),
    ];
    const sealed = list(security_opts).some((option) => /^no-new-privileges(:true)?$/.test(String(option)));
    return [
      ...complainIf(String(privileged) === "true", container, "privileged", privileged, "false"),
      ...shared
        .filter((argument) => container.body[argument] === "host")
        .map((argument) => ({ at: container, argument, given: "host", wanted: "one of its own" })),
      ...complainIf(blocks(devices).length > 0, container, "devices", devices, "nothing"),
      ...added
        .filter((power) => rootlike.test(String(power)))
        .map((given) => ({ at: container, argument: "capabilities.add", given, wanted: "only what is needed" })),
      ...complainIf(!dropped.includes("ALL"), container, "capabilities.drop", dropped, "ALL"),
      ...complainIf(!sealed, container, "security_opts", security_opts, "no-new-privileges:true"),
      ...places
        .filter((place) => /docker\.sock$|^\/$/.test(String(place)))
        .map((given) => ({ at: container, argument: "mounts.source", given, wanted: "nothing of the engine's own" })),
    ];
  },
});
