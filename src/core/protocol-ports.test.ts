import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePassable, parseProtocolPorts } from "./protocol-ports";

describe("ports with their protocol", () => {
  it.each([
    ["2377/tcp", "tcp", 2377, 2377],
    ["4789/udp", "udp", 4789, 4789],
    ["30000-32767/tcp", "tcp", 30_000, 32_767],
  ])("%s are read", (text, protocol, from, to) => {
    expect(parseProtocolPorts(text)).toEqual({ protocol, ports: { from, to } });
  });

  it.each([
    "",
    "80",
    "80/icmp",
    "0/tcp",
    "65536/udp",
    "90-80/tcp",
    "80-/tcp",
    "-80/tcp",
    " 80/tcp",
    "80/TCP",
    "8e1/tcp",
  ])("%j are refused", (text) => expect(parseProtocolPorts(text)).toBeUndefined());

  it("say the same whatever the ports are", () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(port, port, fc.constantFrom("tcp", "udp"), (one, other, protocol) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect(parseProtocolPorts(`${from}-${to}/${protocol}`)).toEqual({ protocol, ports: { from, to } });
      }),
    );
  });
});

describe("what may be said", () => {
  it("is ports with their protocol, or protocol 112, which has none", () => {
    expect(parsePassable("694/udp")).toEqual({ protocol: "udp", ports: { from: 694, to: 694 } });
    expect(parsePassable("vrrp")).toEqual({ protocol: "112", ports: undefined });
    for (const text of ["VRRP", "112", "694/vrrp"]) expect(parsePassable(text)).toBeUndefined();
  });
});
