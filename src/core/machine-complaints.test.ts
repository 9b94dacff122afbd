import { describe, expect, it } from "vitest";
import { aboutSingleMachine, type SingleMachine } from "./machine-complaints";

const sound: SingleMachine = {
  placement: { vpcId: "vpc-1", subnetIds: ["subnet-a"] },
  zone: "eu-west-1a",
  instanceType: "t3.small",
  rootGib: 8,
};
const complaints = (machine: Partial<SingleMachine>) =>
  [...aboutSingleMachine({ ...sound, ...machine })].map(({ prop }) => prop);

describe("a machine that is looked after by itself", () => {
  it.each<[string, Partial<SingleMachine>]>([
    ["as little as possible", {}],
    ["an address", { privateIp: "10.0.0.11", subnetCidr: "10.0.0.0/24" }],
    ["an address that nobody can check", { privateIp: "10.0.0.1" }],
    ["disks and user data", { rootGib: 16_384, dataGib: 1, userData: "#!/bin/sh\n" }],
    ["a zone of a long region", { zone: "us-gov-west-1b" }],
  ])("may have %s", (_, machine) => {
    expect(complaints(machine)).toEqual([]);
  });

  it.each<[string, Partial<SingleMachine>, string]>([
    ["one subnet", { placement: { vpcId: "vpc-1", subnetIds: [] } }, "placement"],
    ["a zone", { zone: "eu-west-1" }, "zone"],
    ["a type", { instanceType: "t3" }, "instanceType"],
    ["a range", { subnetCidr: "10.0.0.0", privateIp: "10.0.0.11" }, "subnetCidr"],
    ["an address of its own", { subnetCidr: "10.0.0.0/24", privateIp: "10.0.0.3" }, "privateIp"],
    ["a root volume", { rootGib: 7 }, "rootGib"],
    ["whole GiB", { dataGib: 1.5 }, "dataGib"],
    ["user data that cloud-init reads", { userData: "" }, "userData"],
  ])("must have %s", (_, machine, prop) => {
    expect(complaints(machine)).toEqual([prop]);
  });

  it("is told everything at once, the place first", () => {
    expect(complaints({ zone: "", dataGib: 0, rootGib: 0 })).toEqual(["zone", "rootGib", "dataGib"]);
  });
});
