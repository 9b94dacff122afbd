import { describe, expect, it } from "vitest";
import { unknownIn } from "./attributes";
import { inOrder, resolved } from "./references";
import { containerRequest, nanoseconds, networksOf } from "./request";

const container = (body: object) => ({ resource: { docker_container: { web: body } } });

describe("the driver of local stacks", () => {
  it("refuses what it does not carry out, wherever it stands", () => {
    expect(unknownIn(container({ name: "web", privileged: true, ports: [{ internal: 80, host: 1 }] }))).toEqual([
      "docker_container.web.privileged",
      "docker_container.web.ports.host",
    ]);
    expect(
      unknownIn({ data: {}, provider: { aws: [{}], docker: [{ host: "x" }] }, resource: { docker_secret: {} } }),
    ).toEqual(["data", "provider.aws", "provider.docker.host", "resource.docker_secret"]);
    expect(unknownIn(container({ constructor: 1, lifecycle: { create_before_destroy: true } }))).toEqual([
      "docker_container.web.constructor",
      "docker_container.web.lifecycle.create_before_destroy",
    ]);
  });

  it("fills in references, and takes escaped text as it is meant", () => {
    const values = new Map([
      ["docker_image.web.image_id", "sha256:1"],
      ["var.secrets_folder", "/secrets"],
    ]);
    const body = { image: "${docker_image.web.image_id}", mounts: [{ source: "${var.secrets_folder}/a" }], memory: 5 };
    expect(resolved(body, values)).toEqual({ image: "sha256:1", mounts: [{ source: "/secrets/a" }], memory: 5 });
    expect(resolved({ command: ["echo $${HOME} %%{x} $1 100%"] }, values)).toEqual({
      command: ["echo ${HOME} %{x} $1 100%"],
    });
  });

  it.each([
    "${docker_image.other.image_id}",
    "${upper(var.secrets_folder)}",
    "%{ if true }x%{ endif }",
  ])("refuses %s, which it cannot work out", (text) => {
    expect(() => resolved(text, new Map([["var.secrets_folder", "/secrets"]]))).toThrow("the driver cannot work out");
  });

  it("starts each container after those that it depends on", () => {
    const on = (...names: string[]) => ({ depends_on: names.map((name) => `docker_container.${name}`) });
    expect(inOrder({ web: on("app"), app: on("database", "redis"), redis: {}, database: {} })).toEqual([
      ["redis", "database"],
      ["app"],
      ["web"],
    ]);
    expect(() => inOrder({ a: on("b"), b: on("a") })).toThrow("wait for each other");
    expect(() => inOrder({ a: on("nobody") })).toThrow("one that is not there");
  });

  it.each([
    ["1m30s", 90e9],
    ["500ms", 5e8],
    ["1h0m0s", 3600e9],
    ["0s", 0],
  ])("reads %s as Go does", (duration, expected) => {
    expect(nanoseconds(duration)).toBe(expected);
  });

  it.each(["10", "5 s", "", "1d"])("refuses %j as a duration", (duration) => {
    expect(() => nanoseconds(duration)).toThrow("not a duration as Go writes it");
  });

  it("asks the engine for exactly what a container says", () => {
    const body = {
      ...{ name: "web", image: "sha256:1", env: ["A=b"], memory: 256, memory_swap: 256, init: true, read_only: true },
      ...{ restart: "unless-stopped", log_driver: "json-file", log_opts: { "max-size": "10m" }, stop_timeout: 40 },
      healthcheck: { test: ["CMD", "true"], interval: "5s", timeout: "1s", start_period: "1m0s", retries: 3 },
      ports: [{ internal: 80, external: 8082, ip: "127.0.0.1", protocol: "tcp" }],
      network_mode: "bridge",
      networks_advanced: [{ name: "net", aliases: ["web"] }],
      mounts: [{ type: "bind", source: "/s/a", target: "/run/secrets/a", read_only: true }],
      capabilities: [{ drop: ["ALL"], add: ["CHOWN"] }],
      security_opts: ["no-new-privileges:true"],
      labels: [{ label: "slipway.service", value: "web" }],
    };
    expect(containerRequest(body)).toMatchObject({
      ...{ Image: "sha256:1", Env: ["A=b"], StopTimeout: 40, Labels: { "slipway.service": "web" } },
      Healthcheck: { Test: ["CMD", "true"], Interval: 5e9, Timeout: 1e9, StartPeriod: 60e9, Retries: 3 },
      ExposedPorts: { "80/tcp": {} },
      HostConfig: {
        ...{ Memory: 268_435_456, MemorySwap: 268_435_456, Init: true, ReadonlyRootfs: true, NetworkMode: "bridge" },
        ...{ RestartPolicy: { Name: "unless-stopped" }, CapDrop: ["ALL"], CapAdd: ["CHOWN"] },
        LogConfig: { Type: "json-file", Config: { "max-size": "10m" } },
        PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8082" }] },
        Mounts: [{ Type: "bind", Source: "/s/a", Target: "/run/secrets/a", ReadOnly: true }],
      },
    });
    expect(networksOf(body)).toEqual([{ name: "net", aliases: ["web"] }]);
  });
});
