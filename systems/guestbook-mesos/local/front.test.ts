import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../../../e2e/support/requirements";
import { converge, nodeSettings, ruby } from "../chef/test/converge";

const folder = join(__dirname, "front");
const rendered = join(folder, "rendered");
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const packer = (path: string) => readFileSync(join(__dirname, "../../../packer", path), "utf8");

describeWith("the front end's image for a Docker engine (S1-17, S1-41)", [ruby], () => {
  const consul = { datacenter: "eu-west-1", join: { tag_key: "a", tag_value: "b" }, gossip_secret_arn: "arn:aws:x" };
  const frontend = {
    ...{ peers: { "fe-1": "10.220.0.11", "fe-2": "10.220.16.11" }, interface: "ens5" },
    ...{ allocation_id: "eipalloc-1", membership_secret_arn: "arn:aws:y" },
  };
  const { files } = converge(nodeSettings("frontend", { consul, frontend }, { hostname: "fe-1" }), { times: 1 });
  const isFolder = (path: string) => Object.keys(files).some((other) => other.startsWith(`${path}/`));
  const part = /^\/etc\/(nginx\/(nginx\.conf|conf\.d\/)|consul-template\/)|\/nginx-apply$/;
  const wanted = Object.keys(files).filter((path) => part.test(path) && !isFolder(path));

  it("has nginx and consul-template as Chef configures them, limits and templates among it", () => {
    expect(wanted).toEqual(expect.arrayContaining(["/etc/nginx/nginx.conf", "/etc/nginx/conf.d/limits.conf"]));
    expect(wanted).toContain("/etc/consul-template/templates/limits.ctmpl");
    const there = readdirSync(rendered, { recursive: true, encoding: "utf8" });
    const names = there.filter((path) => statSync(join(rendered, path)).isFile()).map((path) => `/${path}`);
    expect(names.sort()).toEqual([...wanted].sort());
  });

  // vitest -u writes them anew after a change of the cookbook.
  it.each(wanted)("has Chef's %s, letter by letter", async (path) => {
    await expect(files[path]!.text).toMatchFileSnapshot(join(rendered, path));
  });

  it("asks Consul's container, by the one line that is changed", () => {
    const [, from] = /sed -i 's\/("[^/]+")\//.exec(read("Dockerfile"))!;
    const line = from!.replaceAll("\\.", ".");
    expect(files["/etc/consul-template/config.hcl"]!.text.split(line)).toHaveLength(2);
  });

  it("has the consul-template of the machines, and the nginx of the application", () => {
    const [, version] = /consul-template\/([\d.]+)\//.exec(packer("frontend/frontend.pkr.hcl"))!;
    expect(read("Dockerfile")).toContain(`docker.io/hashicorp/consul-template:${version}\n`);
    const [base] = /^ARG BASE=.*$/m.exec(readFileSync(join(__dirname, "../app/Dockerfile"), "utf8"))!;
    expect(read("Dockerfile")).toContain(`${base}\n`);
  });

  it("answers what nginx-apply asks of systemd", () => {
    const asked = [...files["/usr/local/lib/slipway/nginx-apply"]!.text.matchAll(/systemctl ([\w -]*\w)/g)];
    expect(asked.map(([, words]) => words)).toEqual(["--quiet is-active nginx", "reload nginx"]);
    for (const [, words] of asked) expect(read("systemctl")).toContain(`"${words}")`);
  });
});
