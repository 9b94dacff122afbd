import { blocks, list } from "../core/terraform-json";
import { type Entry, nameOf, type System } from "./system";
import type { Arrow, Opening } from "./ways";

/** Whether only this machine has the address. */
export const isLoopback = (address: string) => /^127\.|^::1$/.test(address);

/** Ports of this machine that lead into containers. A port without address is open on all of them. */
export function localOpenings(system: System): Opening[] {
  return system.all("docker_container").flatMap((container) =>
    blocks(container.body.ports).map(({ ip = "0.0.0.0", external, protocol = "tcp" }): Opening => {
      const { stack, address, type } = container;
      return {
        ...{ address, group: groupOf(container), from: String(ip), ports: `${protocol} ${external}` },
        ...{ carriers: [{ stack, address, type }], reason: "a port of this machine" },
      };
    }),
  );
}

/** In one network everybody reaches everybody: what is said here is who waits for whom, and so who calls whom. */
export function localArrows(system: System): Arrow[] {
  return system.all("docker_container").flatMap((container) =>
    list(container.body.depends_on)
      .flatMap((address) => system.resolve(`\${${address}}`, container))
      .filter(({ type }) => type === "docker_container")
      .map((other) => ({
        ...{ from: groupOf(container), to: groupOf(other), ports: "all ports" },
        reason: "starts after it, in one network",
      })),
  );
}

/** `guestbook-local/database`, of the resource in its module. */
export const groupOf = (container: Entry) => nameOf(container).replace(/(\/server)?\/container$/, "");
