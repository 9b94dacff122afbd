import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineType, machineTypes } from "./machine-types";
import { checkArchitecture, checkPlacement, imageArchitecture, machinesFor, taskMemoryMib } from "./placement-check";

const wordpress = { name: "wordpress", cpu: 256, memoryMib: 512, count: 1 };

describe("the memory that tasks can use", () => {
  it.each([
    ["m4.large with Amazon Linux", 8192, 7985],
    ["m6i.large with Amazon Linux 2", 8192, 7817],
    ["r6id.xlarge with Amazon Linux 2023", 32_768, 31_517],
    ["r6id.4xlarge with Amazon Linux 2023", 131_072, 126_722],
  ])("is less than a %s was seen to register", (_, memoryMib, registered) => {
    expect(taskMemoryMib({ memoryMib })).toBeLessThan(registered);
    expect(taskMemoryMib({ memoryMib })).toBeGreaterThan(registered * 0.94);
  });

  it("is never negative, and grows with the machine", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(100_000), (memoryMib, more) => {
        expect(taskMemoryMib({ memoryMib })).toBeGreaterThanOrEqual(0);
        expect(taskMemoryMib({ memoryMib: memoryMib + more })).toBeGreaterThanOrEqual(taskMemoryMib({ memoryMib }));
      }),
    );
  });
});

describe("the check of placement", () => {
  it("refuses 878 MiB on a t2.micro, where the task would wait for ever (S2-D01, problem 8)", () => {
    expect(checkPlacement({ type: "t2.micro", max: 30 }, [{ ...wordpress, cpu: 10, memoryMib: 878 }])).toEqual([
      {
        service: "wordpress",
        prop: "memoryMib",
        got: 878,
        want: "at most 791, the MiB that a t2.micro offers to tasks",
        fix: "take machines of type t2.small or larger, or lower it; of its 1024 MiB the kernel and the ECS agent keep 233",
      },
    ]);
  });

  it.each([
    ["t3.small", 512],
    ["t2.micro", 512],
    ["t2.small", 878],
  ])("accepts on a %s a task of %i MiB (S2-D01)", (type, memoryMib) => {
    expect(checkPlacement({ type, max: 2 }, [{ ...wordpress, memoryMib }])).toEqual([]);
  });

  it("refuses a task with more CPU than one machine", () => {
    expect(checkPlacement({ type: "t3.small", max: 30 }, [{ ...wordpress, cpu: 4096 }])).toEqual([
      expect.objectContaining({
        prop: "cpu",
        want: "at most 2048, the CPU units that a t3.small offers to tasks",
        fix: "take machines of type t3.xlarge or larger, or lower it",
      }),
    ]);
  });

  it("names no type of the family when none is large enough", () => {
    const [mistake] = checkPlacement({ type: "t3.small", max: 1 }, [{ ...wordpress, memoryMib: 65_536 }]);
    expect(mistake!.fix).toMatch(/^take machines of a larger family, or lower it/);
  });

  it("reports every service that is too big", () => {
    const services = ["a", "b"].map((name) => ({ ...wordpress, name, cpu: 4096, memoryMib: 9999 }));
    expect(checkPlacement({ type: "t3.small", max: 1 }, services).map(({ service, prop }) => [service, prop])).toEqual([
      ["a", "cpu"],
      ["a", "memoryMib"],
      ["b", "cpu"],
      ["b", "memoryMib"],
    ]);
  });

  it("refuses machines that cannot hold the services at their highest counts and one task of a rolling update", () => {
    const services = [{ ...wordpress, cpu: 512, memoryMib: 1024, count: 24 }];
    expect(checkPlacement({ type: "m7i.large", max: 6 }, services)).toEqual([
      {
        prop: "max",
        got: 6,
        want: "at least 7, for 24 tasks at the services' highest counts and one more during a rolling update",
        fix: "raise max to 7, take larger machines, or lower the services' highest counts",
      },
    ]);
    expect(checkPlacement({ type: "m7i.large", max: 7 }, services)).toEqual([]);
  });

  it.each([
    [[], 0],
    [[{ ...wordpress, count: 0 }], 0],
    [[{ ...wordpress, cpu: 2048, count: 1 }], 2],
    [[{ ...wordpress, cpu: 1024, count: 3 }], 2],
    [[{ ...wordpress, cpu: 0, memoryMib: 512, count: 2 }], 1],
    [
      [
        { ...wordpress, cpu: 1536, count: 2 },
        { ...wordpress, cpu: 512, count: 3 },
      ],
      3,
    ],
  ])("counts for %j on t3.small the machines needed: %i", (services, machines) => {
    expect(machinesFor(machineType("t3.small")!, services)).toBe(machines);
  });

  it("lets tasks in bridge mode share the machine's interface, and gives each one in awsvpc mode its own (problem 8)", () => {
    const small = { ...wordpress, cpu: 64, memoryMib: 64, count: 5 };
    expect(machinesFor(machineType("t3.small")!, [small])).toBe(1);
    expect(machinesFor(machineType("t3.small")!, [{ ...small, networkMode: "awsvpc" }])).toBe(3);
  });

  it("never counts fewer machines than the tasks' sums need, and finds room for each task", () => {
    const service = fc.record({
      name: fc.constant("s"),
      cpu: fc.integer({ min: 0, max: 2048 }),
      memoryMib: fc.integer({ min: 4, max: 1774 }),
      count: fc.nat(20),
    });
    const type = machineType("t3.small")!;
    fc.assert(
      fc.property(fc.array(service, { maxLength: 8 }), (services) => {
        const sum = (of: (s: (typeof services)[number]) => number) =>
          services.reduce((all, s) => all + s.count * of(s), 0);
        const machines = machinesFor(type, services);
        expect(machines).toBeGreaterThanOrEqual(sum((s) => s.cpu) / 2048);
        expect(machines).toBeGreaterThanOrEqual(sum((s) => s.memoryMib) / taskMemoryMib(type));
        expect(machines).toBeLessThanOrEqual(sum(() => 1) + 1);
      }),
    );
  });

  it("refuses an unknown type with suggestions (bad input 78)", () => {
    expect(checkPlacement({ type: "t3.smal", max: 1 }, [wordpress])).toEqual([
      expect.objectContaining({ prop: "type", got: "t3.smal", fix: expect.stringContaining("did you mean t3.small") }),
    ]);
  });

  it.each(machineTypes.filter(({ memoryMib }) => memoryMib >= 2048))("accepts WordPress on $name", ({ name }) => {
    expect(checkPlacement({ type: name, max: 1 }, [wordpress])).toEqual([]);
  });
});

describe("the architecture of a machine image", () => {
  it.each([
    ["al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-x86_64", "x86_64"],
    ["al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-arm64", "arm64"],
    ["/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id", "x86_64"],
    ["/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id", "arm64"],
    ["slipway-web-7", undefined],
  ])("is read from %s as %s", (image, architecture) => {
    expect(imageArchitecture(image)).toBe(architecture);
  });

  it("must be the one of the machines (bad input 64)", () => {
    expect(checkArchitecture("t4g.small", "debian-13-amd64-1")).toEqual([
      {
        prop: "architecture",
        got: "debian-13-amd64-1",
        want: "an image for arm64, the processors of t4g.small",
        fix: "take the arm64 build of the image, or a machine type with x86_64 processors",
      },
    ]);
  });

  it.each([
    ["t3.small", "debian-13-amd64-1"],
    ["t4g.small", "slipway-web-7"],
    ["unknown.type", "debian-13-amd64-1"],
  ])("is not held against a %s with %s", (type, image) => {
    expect(checkArchitecture(type, image)).toEqual([]);
  });
});

describe("tasks with a port of the machine", () => {
  const direct = { ...wordpress, memoryMib: 64, hostPort: 80, rolling: { minHealthyPercent: 0, maxPercent: 100 } };
  it("need a machine each, however small they are (S3-W03, row 29)", () => {
    expect(checkPlacement({ type: "t3.small", max: 2 }, [{ ...direct, count: 3 }])).toEqual([
      expect.objectContaining({
        ...{ prop: "max", got: 2 },
        want: "at least 3, for 3 tasks at the services' highest counts, of which a machine holds one for each of its ports",
      }),
    ]);
    expect(checkPlacement({ type: "t3.small", max: 3 }, [{ ...direct, count: 3 }])).toEqual([]);
  });

  it("share a machine where their ports differ, and keep others out where they are the same", () => {
    const needs = (hostPort: number) =>
      machinesFor(machineType("t3.small")!, [
        { ...direct, count: 2 },
        { ...direct, name: "other", hostPort, count: 2 },
      ]);
    expect([needs(8080), needs(80)]).toEqual([2, 4]);
  });

  it("need one machine more where a new task starts before the old one stops", () => {
    const beside = { ...direct, rolling: { minHealthyPercent: 100, maxPercent: 200 } };
    expect(machinesFor(machineType("t3.small")!, [beside])).toBe(2);
    expect(machinesFor(machineType("t3.small")!, [direct])).toBe(1);
  });
});

describe("a rolling update", () => {
  const large = { ...wordpress, memoryMib: 1700 };
  it("needs no room where a task may stop before its successor starts (row 29)", () => {
    const rolling = { minHealthyPercent: 50, maxPercent: 100 };
    expect(checkPlacement({ type: "t3.small", max: 2 }, [{ ...large, count: 2, rolling }])).toEqual([]);
    expect(checkPlacement({ type: "t3.small", max: 2 }, [{ ...large, count: 2 }])).toHaveLength(1);
  });

  it.each([
    [1, 50, 100],
    [3, 100, 133],
    [2, 100, 149],
  ])("of %i tasks between %i and %i percent can do nothing, and is refused", (count, minHealthyPercent, maxPercent) => {
    const stuck = { ...wordpress, count, rolling: { minHealthyPercent, maxPercent } };
    expect(checkPlacement({ type: "t3.small", max: 9 }, [stuck])).toEqual([
      expect.objectContaining({
        service: "wordpress",
        prop: "rolling",
        got: `${minHealthyPercent} to ${maxPercent} %`,
      }),
    ]);
  });
});

describe("what runs on every machine", () => {
  const metrics = { name: "metrics", cpu: 128, memoryMib: 384 };
  it("takes its part of each before others get theirs (S2-W13)", () => {
    const on = { type: "t3.small", max: 4, everywhere: [metrics] };
    expect(checkPlacement(on, [{ ...wordpress, memoryMib: 1500 }])).toEqual([
      expect.objectContaining({
        prop: "memoryMib",
        want: "at most 1390, the MiB that a t3.small offers to tasks, beside metrics on each machine",
      }),
    ]);
    expect(checkPlacement({ ...on, everywhere: [] }, [{ ...wordpress, memoryMib: 1500 }])).toEqual([]);
  });

  it("leaves no task without its CPU, its memory and its port, whatever runs there", () => {
    const service = fc.record({
      ...{ cpu: fc.integer({ min: 2, max: 1024 }), memoryMib: fc.integer({ min: 6, max: 1024 }) },
      ...{ count: fc.nat(12), hostPort: fc.option(fc.integer({ min: 80, max: 82 }), { nil: undefined }) },
    });
    const type = machineType("m7i.large")!;
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
    fc.assert(
      fc.property(fc.array(service, { maxLength: 5 }), (some) => {
        const services = some.map((one, n) => ({ ...one, name: `service-${n}` }));
        const machines = machinesFor(type, services, [metrics]);
        const taken = (of: "cpu" | "memoryMib") => machines * metrics[of] + sum(some.map((one) => one[of] * one.count));
        expect(taken("cpu")).toBeLessThanOrEqual(machines * 1024 * type.vcpus);
        expect(taken("memoryMib")).toBeLessThanOrEqual(machines * taskMemoryMib(type));
        for (const port of [80, 81, 82]) {
          const sharing = some.filter(({ hostPort }) => hostPort === port).map(({ count }) => count);
          expect(machines).toBeGreaterThanOrEqual(sum(sharing));
        }
      }),
    );
  });
});
