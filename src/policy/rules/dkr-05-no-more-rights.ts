import { blocks, list } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const dkr05 = rule({
  id: "DKR-05",
  title: "containers on this machine have no rights over it",
  severity: "high",
  types: ["docker_container"],
  why: "who breaks into a container that has the host's network, the engine's socket or root's powers has the machine",
  fix: "drop ALL capabilities and name those that are needed, add no-new-privileges, and give it nothing of the host",
  inspect: (container) => {
    const { privileged, network_mode, pid_mode, capabilities, security_opts, mounts, volumes } = container.body;
    const dropped = blocks(capabilities).flatMap(({ drop }) => list(drop));
    const places = [
      ...blocks(mounts).map(({ source }) => source),
      ...blocks(volumes).map(({ host_path }) => host_path),
    ];
    const sealed = list(security_opts).some((option) => /^no-new-privileges(:true)?$/.test(String(option)));
    return [
      ...complainIf(String(privileged) === "true", container, "privileged", privileged, "false"),
      ...complainIf(network_mode === "host", container, "network_mode", network_mode, "a network of its own"),
      ...complainIf(pid_mode === "host", container, "pid_mode", pid_mode, "nothing"),
      ...complainIf(!dropped.includes("ALL"), container, "capabilities.drop", dropped, "ALL"),
      ...complainIf(!sealed, container, "security_opts", security_opts, "no-new-privileges:true"),
      ...places
        .filter((place) => /docker\.sock$|^\/$/.test(String(place)))
        .map((given) => ({ at: container, argument: "mounts.source", given, wanted: "nothing of the engine's own" })),
    ];
  },
});
