import { blocks } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const dkr01 = rule({
  id: "DKR-01",
  title: "containers on this machine are open to this machine alone",
  severity: "critical",
  types: ["docker_container"],
  why: "Docker opens a port without address on every address of the machine, past its firewall: the first visitor of a new WordPress becomes its administrator",
  fix: "write ip = 127.0.0.1 beside the port, and leave publish_all_ports out",
  inspect: (container) => [
    ...blocks(container.body.ports).flatMap(({ ip, internal }) =>
      complainIf(!["127.0.0.1", "::1"].includes(String(ip)), container, `ports ${internal}.ip`, ip, "127.0.0.1"),
    ),
    ...complainIf(
      String(container.body.publish_all_ports) === "true",
      container,
      "publish_all_ports",
      container.body.publish_all_ports,
      "nothing",
    ),
  ],
});
