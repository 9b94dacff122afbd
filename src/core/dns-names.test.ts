import { describe, expect, it } from "vitest";
import { domainFault, hostFault, isWithin, privateDomainFault } from "./dns-names";

describe("the full name of a host or a zone", () => {
  it.each([
    "example.org",
    "a.b",
    "guestbook-dev.internal",
    "1.example.org",
    `${"a".repeat(63)}.org`,
  ])("may be %s", (name) => expect(domainFault(name)).toBeUndefined());

  it.each([
    ...["", "localhost", "example.org.", ".example.org", "a..b", "-a.org", "a-.org", "Example.org", "a_b.org"],
    ...["https://example.org", "example.org/x", "*.example.org", `${"a".repeat(64)}.org`, `${"a.".repeat(127)}org`],
  ])("may not be %j", (name) => expect(domainFault(name)?.want).toContain("a full name such as shop.example.org"));
});

describe("the name of a private zone", () => {
  it("may be of any kind", () => expect(privateDomainFault("guestbook-dev.internal")).toBeUndefined());

  it.each(["guestbook.local", "local"])("may not be %s, for which no machine asks DNS", (name) =>
    expect(privateDomainFault(name)?.want).toBe("a name outside .local"));

  it("is a full name", () => expect(privateDomainFault("guestbook")?.want).toContain("a full name"));
});

describe("the name of a host within a zone", () => {
  it.each(["puppet", "registry", "a.b", "web-1"])("may be %s", (name) => expect(hostFault(name)).toBeUndefined());
  it.each(["", "Puppet", "a_b", "puppet.", "-a", "*"])("may not be %j", (name) =>
    expect(hostFault(name)?.want).toBe("a name within the zone, such as registry"));
});

describe("a name", () => {
  it.each([
    ["example.org", "example.org", true],
    ["www.example.org", "example.org", true],
    ["badexample.org", "example.org", false],
    ["example.org", "www.example.org", false],
  ])("%s lies in the zone %s: %s", (name, zone, within) => expect(isWithin(name, zone)).toBe(within));
});
