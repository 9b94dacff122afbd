import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../../../../../e2e/support/requirements";
import { python, type Reply, type Request, Stage } from "./stage";

const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";
let stage: Stage;

beforeEach(async () => {
  stage = await Stage.make();
});
afterEach(() => stage.close());

/** The API of a backend, as far as it is called. */
class Backend {
  readonly users: Record<string, string> = { agent: "P@ssw0rd!" };
  readonly objects: Record<string, Request["body"]> = {};
  readonly changes: string[] = [];
  healthy = true;

  answer({ method, path, headers, body }: Request): Reply {
    const [kind = "", credential = ""] = (headers.authorization ?? "").split(" ");
    const [user = "", password] = Buffer.from(credential, "base64").toString().split(":");
    const known = kind === "Basic" && user in this.users && this.users[user] === password;
    if (path === "/health") return { status: this.healthy ? 200 : 503 };
    if (path === "/auth/test") return { status: known ? 200 : 401 };
    if (path === "/auth") return known ? { body: { access_token: `token-of-${user}` } } : { status: 401 };
    if (kind !== "Bearer" || credential !== "token-of-admin") return { status: 401, body: { message: "unauthorized" } };
    const name = path.replace("/api/core/v2/", "");
    if (method !== "GET") this.changes.push(`${method} ${name}`);
    const account = /^users\/(\w+)$/.exec(name);
    if (account) this.users[account[1]!] = body.password;
    else if (method === "PUT") this.objects[name] = body;
    else if (method === "DELETE") delete this.objects[name];
    else
      return {
        body: Object.entries(this.objects).flatMap(([key, value]) => (key.includes("/checks/") ? [value] : [])),
      };
    return { status: method === "DELETE" ? 204 : 201 };
  }
}

describeWith("the set-up of the Sensu backend", [python], () => {
  let backend: Backend;
  let env: Record<string, string>;
  const check = (name: string) => ({
    metadata: { name, namespace: "default", labels: { slipway: "guestbook-mesos" } },
    command: "/check",
  });
  const setUp = () => stage.run("guestbook_sensu/sensu-backend-setup", { env });

  beforeEach(async () => {
    backend = new Backend();
    const port = await stage.serve((request) => backend.answer(request));
    env = {
      SENSU_API: `http://127.0.0.1:${port}`,
      SENSU_CHECKS: stage.write("checks.json", [check("disk")]),
      SENSU_SECONDS: "20",
    };
    stage.node({ sensu: { admin_secret_arn: "arn:admin", agent_secret_arn: "arn:agent", topic_arn: topic } });
    stage.answers("aws", {
      "--secret-id arn:admin": Stage.secret("adminadmin"),
      "--secret-id arn:agent": Stage.secret("agentagent"),
    });
    // The administrator is made once; then it ends with 3.
    stage.command(
      "sensu-backend",
      '[ "$SENSU_BACKEND_CLUSTER_ADMIN_USERNAME" = admin ] || exit 1; echo "$SENSU_BACKEND_CLUSTER_ADMIN_PASSWORD" >"$STAGE/admin"; [ -z "$STARTED" ] || exit 3',
    );
  });

  it("makes the administrator, and takes the agents' well-known password away (S1-57)", async () => {
    backend.users.admin = "adminadmin";
    const { code, stdout, stderr } = await setUp();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stage.read("admin")).toBe("adminadmin\n");
    expect(backend.users.agent).toBe("agentagent");
    expect(stdout).toContain("the password of the agents is set\n1 checks\n");
    // Never as an argument, where every account of the machine could read it.
    expect(stage.calls().join("\n")).not.toMatch(/adminadmin|agentagent/);
  });

  it("brings the checks as they are, and the handler that they name (S1-60)", async () => {
    backend.users.admin = "adminadmin";
    await setUp();
    expect(backend.objects["namespaces/default/checks/disk"]).toEqual(check("disk"));
    expect(backend.objects["namespaces/default/handlers/notify"]).toMatchObject({
      ...{ type: "pipe", command: "/usr/local/lib/slipway/sensu-notify", filters: ["is_incident", "not_silenced"] },
      env_vars: ["AWS_DEFAULT_REGION=eu-west-1", `TOPIC_ARN=${topic}`],
    });
  });

  it("changes no account the second time", async () => {
    backend.users.admin = "adminadmin";
    await setUp();
    backend.changes.length = 0;
    env.STARTED = "1";
    expect((await setUp()).code).toBe(0);
    expect(backend.changes).toEqual(["PUT namespaces/default/handlers/notify", "PUT namespaces/default/checks/disk"]);
  });

  it("takes away a check of ours that is no more, and leaves those that somebody made", async () => {
    backend.users.admin = "adminadmin";
    backend.objects["namespaces/default/checks/old"] = check("old");
    backend.objects["namespaces/default/checks/theirs"] = {
      metadata: { name: "theirs", namespace: "default", labels: null },
    };
    expect((await setUp()).stdout).toContain("check old is no more");
    expect(
      Object.keys(backend.objects)
        .filter((name) => name.includes("checks"))
        .sort(),
    ).toEqual(["namespaces/default/checks/disk", "namespaces/default/checks/theirs"]);
  });

  it("follows a new password of the secret, with the one before", async () => {
    backend.users.admin = "beforebefore";
    stage.answers("aws", {
      "--version-stage AWSPREVIOUS": Stage.secret("beforebefore"),
      "--secret-id arn:admin": Stage.secret("adminadmin"),
      "--secret-id arn:agent": Stage.secret("agentagent"),
    });
    env.STARTED = "1";
    expect((await setUp()).stdout).toContain("the password of admin is new");
    expect(backend.users.admin).toBe("adminadmin");
  });

  it("says whom it could not be when no password fits", async () => {
    stage.answers("aws", { "--secret-id": Stage.secret("another") });
    expect(await setUp()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is the password of admin that of the secret?"),
    });
  });

  it("waits for a backend, and ends where there is none: systemd starts it again", async () => {
    backend.healthy = false;
    env.SENSU_SECONDS = "1";
    expect(await setUp()).toMatchObject({ code: 1, stderr: expect.stringContaining("not after 1 s") });
  });
});

describeWith("word of an incident", [python], () => {
  const event = (status: number, ...before: number[]) =>
    JSON.stringify({
      entity: { metadata: { name: "i-0123456789abcdef0" } },
      check: {
        ...{ metadata: { name: "disk" }, status, output: "CRITICAL: /: 97 % of its bytes in use\n" },
        history: [...before, status].map((one) => ({ status: one, executed: 1 })),
      },
    });
  const notify = (input: string, env: Record<string, string> = { TOPIC_ARN: topic }) =>
    stage.run("guestbook_sensu/sensu-notify", { input, env });

  beforeEach(() => stage.command("aws"));

  it("goes to the topic when a state begins, and when it is over", async () => {
    expect((await notify(event(2, 0))).stdout).toBe("disk is critical on i-0123456789abcdef0\n");
    expect((await notify(event(0, 2))).stdout).toBe("disk is well again on i-0123456789abcdef0\n");
    expect(stage.calls("aws")[0]).toMatch(/^aws sns publish --topic-arn arn:aws:sns:\S+ --subject disk is critical/);
    expect(stage.calls("aws").filter((call) => call.startsWith("aws sns publish"))).toHaveLength(2);
  });

  it("is not repeated each minute", async () => {
    expect(await notify(event(2, 0, 2))).toMatchObject({ code: 0, stdout: "" });
    expect(stage.calls()).toEqual([]);
  });

  it("is in the log where there is no topic", async () => {
    expect((await notify(event(1), {})).stdout).toBe("disk warns on i-0123456789abcdef0\n");
    expect(stage.calls()).toEqual([]);
  });
});
