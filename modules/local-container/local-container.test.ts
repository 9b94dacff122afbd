import { Container } from "@cdktf/provider-docker/lib/container";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { LocalContainer, type LocalContainerProps, LocalSecrets } from ".";

const valid: LocalContainerProps = {
  ...{ name: "shop-local-web", alias: "web", image: { imageId: "sha256:1" }, network: { name: "shop-local" } },
  ...{ health: { test: ["CMD", "true"] }, memoryMib: 128 },
};
const container = (props: Partial<LocalContainerProps> = {}) =>
  synthesize((stack) => new LocalContainer(stack, "web", { ...valid, ...props })).one(Container);

describe("a local container", () => {
  it("runs the image that it is given by its id, which tells one build from another (problem 30)", () => {
    expect(container().image).toBe("sha256:1");
  });

  it("says everything that the engine would fill in, so that a second apply changes nothing (problem 30)", () => {
    expect(container()).toMatchObject({
      ...{ log_driver: "json-file", log_opts: { "max-size": "10m", "max-file": "3" } },
      ...{ memory: 128, memory_swap: 128, restart: "unless-stopped", init: true, network_mode: "bridge" },
      ...{ stop_timeout: 30, destroy_grace_seconds: 30 },
    });
  });

  it("leaves to the image what the image knows: whom it runs as, where and by what (problem 30)", () => {
    for (const argument of ["user", "working_dir", "entrypoint", "command", "hostname"]) {
      expect(container()).not.toHaveProperty(argument);
    }
  });

  it("writes durations as the engine gives them back (problem 30)", () => {
    const { healthcheck } = container({
      health: { test: ["CMD", "true"], intervalSeconds: 60, startSeconds: 90, timeoutSeconds: 2, retries: 3 },
    });
    const durations = { interval: "1m0s", timeout: "2s", start_period: "1m30s", start_interval: "0s" };
    expect(healthcheck).toEqual({ test: ["CMD", "true"], retries: 3, ...durations });
  });

  it("is another container when its health check is another one: the provider would change only its state", () => {
    const mark = (props: Partial<LocalContainerProps>) =>
      container(props).labels.find(({ label }: { label: string }) => label === "slipway.health").value;
    expect(mark({})).toBe(mark({ memoryMib: 256 }));
    expect(mark({})).not.toBe(mark({ health: { test: ["CMD", "false"] } }));
  });

  it("is there when it is healthy, and comes back by itself", () => {
    expect(container()).toMatchObject({ wait: true, wait_timeout: 300, must_run: true, restart: "unless-stopped" });
    expect(container({ health: { test: ["CMD", "true"], patienceSeconds: 60 } }).wait_timeout).toBe(60);
  });

  it("starts when those it needs are healthy", () => {
    const made = synthesize((stack) => {
      const first = new LocalContainer(stack, "first", { ...valid, name: "first" });
      new LocalContainer(stack, "second", { ...valid, name: "second", after: [first] });
    });
    const [first, second] = Object.entries(made.document.resource.docker_container as Record<string, object>);
    expect(second![1]).toMatchObject({ depends_on: [`docker_container.${first![0]}`] });
    expect(first![1]).not.toHaveProperty("depends_on");
  });

  it("is reached by its alias in the network, and from this machine alone where a port is opened", () => {
    expect(container().networks_advanced).toEqual([{ name: "shop-local", aliases: ["web"] }]);
    expect(container()).not.toHaveProperty("ports");
    const { ports } = container({ port: { inside: 80, outside: 8080 } });
    expect(ports).toEqual([{ internal: 80, external: 8080, ip: "127.0.0.1", protocol: "tcp" }]);
  });

  it("has none of root's powers but those that are named, in the names that the engine gives back", () => {
    expect(container()).toMatchObject({ capabilities: { drop: ["ALL"] }, security_opts: ["no-new-privileges:true"] });
    expect(container().capabilities).not.toHaveProperty("add");
    const { capabilities } = container({ capabilities: ["CAP_SETUID", "CAP_CHOWN"] });
    expect(capabilities).toEqual({ drop: ["ALL"], add: ["CAP_CHOWN", "CAP_SETUID"] });
  });

  it("gets variables in the order of their names, and text as it stands", () => {
    const { env, command } = container({ environment: { B: "${x}", A: "a b" }, command: ["sh", "-c", "echo ${HOME}"] });
    expect(env).toEqual(["A=a b", "B=$${x}"]);
    expect(command).toEqual(["sh", "-c", "echo $${HOME}"]);
  });

  it("has a place to write in memory where it can write nowhere else", () => {
    expect(container({ readOnly: true })).toMatchObject({ read_only: true, tmpfs: { "/tmp": expect.any(String) } });
    expect(container()).not.toHaveProperty("tmpfs");
  });

  it("keeps data in volumes, and finds texts where they are put", () => {
    const { mounts, upload } = container({
      volumes: { "/data": { name: "shop-local-data" } },
      files: { "/etc/shop.conf": "limit = ${limit}\n" },
    });
    expect(mounts).toEqual([{ type: "volume", source: "shop-local-data", target: "/data", read_only: false }]);
    expect(upload).toEqual([{ file: "/etc/shop.conf", content: "limit = $${limit}\n", permissions: "0644" }]);
  });

  it("refuses files where nothing can be written", () => {
    expect(() => container({ readOnly: true, files: { "/etc/shop.conf": "x" } })).toThrow(
      "files must be none in a container that is readOnly",
    );
  });
});

describe("the secrets of a local stack", () => {
  const { document, json, one } = synthesize(
    (stack) => {
      const secrets = new LocalSecrets(stack, "secrets");
      const password = secrets.letters("password");
      const url = secrets.text("url", "postgres://shop:{{password}}@database/shop");
      new LocalContainer(stack, "web", { ...valid, secrets: { "/run/secrets/url": url, "/run/password": password } });
    },
    { comments: true },
  );

  it("are files that a container may read, of a folder that whoever applies it names", () => {
    expect(document.variable.secrets_folder).toMatchObject({ type: "string", nullable: false });
    expect(document.variable.secrets_folder).not.toHaveProperty("default");
    expect(one(Container).mounts).toEqual([
      { type: "bind", source: "${var.secrets_folder}/password", target: "/run/password", read_only: true },
      { type: "bind", source: "${var.secrets_folder}/url", target: "/run/secrets/url", read_only: true },
    ]);
  });

  it("make a container anew when a text is another one, which a running container would never see", () => {
    const mark = (text?: string) => {
      const made = synthesize((stack) => {
        const secrets = new LocalSecrets(stack, "secrets");
        const secret = text === undefined ? secrets.letters("it") : secrets.text("it", text);
        new LocalContainer(stack, "web", { ...valid, secrets: { "/run/secrets/it": secret } });
      });
      return made.one(Container).labels.find(({ label }: { label: string }) => label === "slipway.secrets")?.value;
    };
    expect(mark("postgres://a")).toBe(mark("postgres://a"));
    expect(mark("postgres://a")).not.toBe(mark("postgres://b"));
    expect(mark()).toBeUndefined();
  });

  it("are described, and not written: neither output nor state has them", () => {
    expect(document.variable.secrets_folder["//"].secrets).toEqual({
      password: { letters: 48 },
      url: { text: "postgres://shop:{{password}}@database/shop" },
    });
    expect(json).not.toMatch(/"(upload|content|file)":/);
  });
});
