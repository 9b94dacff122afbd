import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planListenerRules, type Route } from "./listener-rules";

const plan = (routes: Record<string, Route>, quota?: number) => planListenerRules(routes, quota);
const prioritiesOf = (routes: Record<string, Route>) => plan(routes).priorities;

/** Two names that get one number for the same kind of route, found by looking. */
function twins(path: (name: string) => string): [string, string] {
  const seen = new Map<number, string>();
  for (let n = 0; ; n++) {
    const name = `s${n}`;
    const number = prioritiesOf({ [name]: { path: path(name) } })[name]!;
    const other = seen.get(number);
    if (other) return [other, name];
    seen.set(number, name);
  }
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const segment = fc.constantFrom("a", "b", "shop", "cart");
const path = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom("", "/*", "*"))
  .map(([segments, end]) => `/${segments.join("/")}${end}`.replace("//", "/"));
const route = fc.record(
  { path, host: fc.constantFrom("shop.example.com", "*.example.com"), priority: fc.integer({ min: 1, max: 999 }) },
  { requiredKeys: [] },
);
const routes = fc.dictionary(name, route, { maxKeys: 12 });

describe("the rules of a shared load balancer (problem 31)", () => {
  it("keep the priority that was written down (S2-R12)", () => {
    expect(plan({ wordpress: { path: "/*", priority: 100 } })).toEqual({
      priorities: { wordpress: 100 },
      mistakes: [],
    });
  });

  it("have these numbers for ever: a change here moves every deployed rule", () => {
    expect(
      prioritiesOf({
        deep: { path: "/shop/cart/items/*" },
        cart: { path: "/shop/cart/*" },
        shop: { path: "/shop/*" },
        host: { host: "shop.example.com" },
        root: { path: "/" },
        rest: {},
      }),
    ).toEqual({ deep: 4370, cart: 11369, shop: 24187, host: 34156, root: 48633, rest: 49482 });
  });

  it.each([
    ["depth three or more", "/a/b/c/*", undefined, 1_000, 5_999],
    ["depth two", "/a/b", undefined, 6_000, 12_999],
    ["depth one", "/a*", undefined, 13_000, 30_999],
    ["a host only", undefined, "shop.example.com", 31_000, 48_498],
    ["everything", undefined, undefined, 48_499, 50_000],
  ])("are numbered by how narrow they are: %s", (_, path, host, from, to) => {
    fc.assert(
      fc.property(name, (service) => {
        const number = prioritiesOf({ [service]: { path, host } })[service]!;
        expect(number).toBeGreaterThanOrEqual(from);
        expect(number).toBeLessThanOrEqual(to);
      }),
    );
  });

  it("never move when a service comes or goes (problem 11)", () => {
    fc.assert(
      fc.property(routes, routes, (some, more) => {
        expect(prioritiesOf({ ...more, ...some })).toMatchObject(prioritiesOf(some));
      }),
    );
  });

  it("do not depend on the order in which services are written", () => {
    fc.assert(
      fc.property(routes, (some) => {
        expect(plan(Object.fromEntries(Object.entries(some).reverse()))).toEqual(plan(some));
      }),
    );
  });

  it("are unique, and no service is out of reach, when there is no mistake", () => {
    fc.assert(
      fc.property(routes, (some) => {
        const { priorities, mistakes } = plan(some);
        fc.pre(mistakes.length === 0);
        const numbers = Object.values(priorities);
        expect(new Set(numbers).size).toBe(Object.keys(some).length);
        for (const number of numbers) expect(number >= 1 && number <= 50_000 && Number.isInteger(number)).toBe(true);
        const everything = Object.keys(some).find((service) => !some[service]!.host && some[service]!.path === "/*");
        if (everything) expect(priorities[everything]).toBe(Math.max(...numbers));
      }),
    );
  });

  it("put the narrower of two assigned rules first, whatever the names", () => {
    const narrowToWide: Route[] = [
      { path: "/shop/cart/items" },
      { path: "/shop/cart/*" },
      { path: "/shop/*", host: "shop.example.com" },
      { path: "/shop/*", host: "*.example.com" },
      { path: "/shop" },
      { path: "/shop/*" },
      { host: "shop.example.com" },
      { host: "*.example.com" },
      { path: "/" },
      {},
    ];
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 10, maxLength: 10 }), (names) => {
        const { priorities } = plan(Object.fromEntries(names.map((service, at) => [service, narrowToWide[at]!])));
        const numbers = names.map((service) => priorities[service]!);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});

describe("two services with one number", () => {
  const [first, second] = twins((service) => `/${service}/*`);

  it("are a mistake that names a free number, and neither is moved", () => {
    const routes = { [first]: { path: `/${first}/*` }, [second]: { path: `/${second}/*` } };
    const { priorities, mistakes } = plan(routes);
    expect(priorities[second]).toBe(priorities[first]);
    const [later, earlier] = [first, second].sort().reverse();
    expect(mistakes).toEqual([
      {
        kind: "taken",
        service: later,
        other: earlier,
        priority: priorities[first],
        free: priorities[first]! + 1,
        want: `a priority of its own: ${earlier} has ${priorities[first]} too`,
        fix: `write priority: ${priorities[first]! + 1}`,
      },
    ]);
  });

  it("are repaired by writing that number down", () => {
    const routes: Record<string, Route> = { [first]: { path: `/${first}/*` }, [second]: { path: `/${second}/*` } };
    const [mistake] = plan(routes).mistakes;
    if (mistake?.kind !== "taken") throw new Error("expected a number that is taken");
    routes[mistake.service] = { ...routes[mistake.service], priority: mistake.free };
    expect(plan(routes).mistakes).toEqual([]);
  });

  it("leave the number to the one that wrote it down", () => {
    const number = prioritiesOf({ alpha: { path: "/alpha/*" } }).alpha!;
    const { mistakes } = plan({ alpha: { path: "/alpha/*" }, beta: { path: "/beta/*", priority: number } });
    expect(mistakes).toMatchObject([{ kind: "taken", service: "alpha", other: "beta", priority: number }]);
  });

  it("get different free numbers when there are three of them", () => {
    const { mistakes } = plan({
      a: { path: "/a/*", priority: 100 },
      b: { path: "/b/*", priority: 100 },
      c: { path: "/c/*", priority: 100 },
      d: { path: "/d/*", priority: 101 },
    });
    expect(mistakes).toMatchObject([
      { service: "b", other: "a", priority: 100, free: 102 },
      { service: "c", other: "a", priority: 100, free: 103 },
    ]);
  });

  it("may be at the end of the numbers: the free one is then at their start", () => {
    const { mistakes } = plan({ a: { path: "/a", priority: 50_000 }, b: { path: "/b", priority: 50_000 } });
    expect(mistakes).toMatchObject([{ kind: "taken", service: "b", free: 1 }]);
  });
});

describe("a service that no request can reach", () => {
  it("is a mistake that names the rule in front of it", () => {
    const { mistakes } = plan({ all: { path: "/*", priority: 10 }, shop: { path: "/shop/*", priority: 20 } });
    expect(mistakes).toEqual([
      {
        kind: "shadowed",
        service: "shop",
        by: "all",
        priority: 20,
        byPriority: 10,
        want: "reachable: all is tried before it (10, 20) and takes all its requests",
        fix: "write a priority below 10, or a larger one for all",
      },
    ]);
  });

  it.each<[string, Route, Route, boolean]>([
    ["the same path for any host", { path: "/shop/*" }, { path: "/shop/*", host: "a.example.com" }, true],
    ["a host pattern", { host: "*.example.com" }, { host: "a.example.com", path: "/shop" }, true],
    ["a host in capitals", { host: "A.Example.com" }, { host: "a.example.com", path: "/shop" }, true],
    ["another host", { host: "b.example.com" }, { host: "a.example.com", path: "/shop" }, false],
    ["a host, for a service on any host", { host: "b.example.com" }, { path: "/shop" }, false],
    ["a path in capitals", { path: "/Shop/*" }, { path: "/shop/a" }, false],
    ["a path beside it", { path: "/shop/*" }, { path: "/shop" }, false],
  ])("because of %s: %#", (_, before, after, expected) => {
    const { mistakes } = plan({ before: { ...before, priority: 1 }, after: { ...after, priority: 2 } });
    expect(mistakes.map(({ kind }) => kind)).toEqual(expected ? ["shadowed"] : []);
  });

  it("is not one that comes first", () => {
    expect(plan({ all: { path: "/*", priority: 20 }, shop: { path: "/shop/*", priority: 10 } }).mistakes).toEqual([]);
  });
});

describe("routes that AWS or a reader would stumble over", () => {
  it("are the same twice, whatever the case of the host and the way to say everything", () => {
    expect(plan({ a: { host: "Shop.example.com" }, b: { host: "shop.example.com", path: "/*" } }).mistakes).toEqual([
      {
        kind: "duplicate",
        service: "b",
        other: "a",
        want: "a route of its own: a answers the same requests",
        fix: "change the path or the host of one of them",
      },
    ]);
  });

  it.each([
    "shop/*",
    "",
    "/a b",
    "/caf\u00e9",
    `/${"x".repeat(128)}`,
    "/a\n",
    "/${x}",
    "/100%",
    "x".repeat(1_000_000),
  ])("have the path %j", (path) => {
    const { mistakes } = plan({ shop: { path }, rest: {} });
    expect(mistakes).toEqual([
      {
        kind: "path",
        service: "shop",
        got: path,
        want: "a path pattern: /, then up to 127 letters, digits or characters of _-.$/~\"'@:+&*?",
        fix: "write a path such as /shop/*",
      },
    ]);
  });

  it("accept a path of 128 characters and a host of 128", () => {
    const host = `${"x".repeat(124)}.com`;
    expect(plan({ shop: { path: `/${"x".repeat(127)}`, host } }).mistakes).toEqual([]);
  });

  it.each([
    `${"x".repeat(125)}.com`,
    "localhost",
    "a_b.example.com",
    "example.c*",
    "https://a.example.com",
    "a.b:80",
    "*",
  ])("have the host %j", (host) => {
    expect(plan({ shop: { host } }).mistakes).toEqual([
      {
        kind: "host",
        service: "shop",
        got: host,
        want: "a host name of at most 128 letters, digits and characters of -.*?, with only letters after its last dot",
        fix: "write a host such as shop.example.com",
      },
    ]);
  });

  it.each([0, -1, 50_001, 1.5, Number.NaN])("have the priority %d, and get none", (priority) => {
    const { priorities, mistakes } = plan({ shop: { path: "/shop/*", priority } });
    expect(priorities).toEqual({});
    expect(mistakes).toEqual([
      {
        kind: "priority",
        service: "shop",
        got: priority,
        want: "a whole number from 1 to 50000",
        fix: "write a number below 1000, or leave it out to have one assigned",
      },
    ]);
  });

  it("are reported together, in the order of the services' names", () => {
    const { mistakes } = plan({ c: { path: "c" }, a: { priority: 0, host: "x" }, b: { path: "/b", host: "b" } });
    expect(mistakes.map(({ service, kind }) => `${service} ${kind}`)).toEqual([
      "a host",
      "a priority",
      "b host",
      "c path",
    ]);
  });

  it("are more than a load balancer holds", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, { path: `/${n}`, priority: n + 1 }]));
    expect(plan(many(100)).mistakes).toEqual([]);
    expect(plan(many(101)).mistakes).toMatchObject([
      { kind: "tooMany", got: 101, limit: 100, fix: "spread the services over several load balancers" },
    ]);
    expect(plan(many(101), 200).mistakes).toEqual([]);
  });

  it("are found among ten thousand without comparing each with each", { timeout: 20_000 }, () => {
    const routes = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`s${n}`, { path: `/s${n}/*` }]));
    expect(plan(routes).mistakes).toHaveLength(1);
  });
});
