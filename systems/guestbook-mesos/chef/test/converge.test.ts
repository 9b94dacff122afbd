import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../../../../e2e/support/requirements";
import { type Convergence, converge, nodeSettings, ruby } from "./converge";

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "slipway-repository-"));
});
afterEach(() => rmSync(repository, { recursive: true }));

/** A repository of the cookbook `shop` with the role of the same name. */
function shop(recipe: string, files: Record<string, string> = {}, options: Convergence = {}) {
  const all: Record<string, string> = {
    "cookbooks/shop/metadata.rb": "name 'shop'\nversion '1.0.0'\n",
    "cookbooks/shop/recipes/default.rb": recipe,
    "roles/shop.json": JSON.stringify({ run_list: ["recipe[shop]"], default_attributes: { shop: { of: "role" } } }),
    "environments/dev.json": JSON.stringify({ cookbook_versions: { shop: "= 1.0.0" } }),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(join(repository, dirname(path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
  return converge(nodeSettings("shop", {}, { runList: ["role[shop]"] }), { repository, ...options });
}

describeWith("a converge without Chef", [ruby], () => {
  it("writes files from templates, with variables and attributes", () => {
    const files = {
      "cookbooks/shop/templates/shop.conf.erb":
        "<% @shelves.each do |name| -%>\n<%= name %> <%= node['shop']['of'] %>\n<% end -%>\n",
    };
    const recipe = "template '/etc/default/shop.conf' do\n mode '0640'\n group 'adm'\n variables shelves: %w[a b]\nend";
    expect(shop(recipe, files).files["/etc/default/shop.conf"]).toEqual({
      text: "a role\nb role\n",
      mode: "0640",
      owner: "root",
      group: "adm",
    });
  });

  it("merges attributes as Chef does: cookbook, environment, role, node, and what overrides all", () => {
    const attributes =
      "%w[a b c d e].each { |k| default['shop'][k] = 'cookbook' }\noverride['shop']['e'] = 'override'\n";
    const level = (of: string, ...keys: string[]) => ({ shop: Object.fromEntries(keys.map((key) => [key, of])) });
    const files = {
      "cookbooks/shop/attributes/default.rb": attributes,
      "environments/dev.json": JSON.stringify({ default_attributes: level("environment", "b", "c", "d") }),
      "roles/shop.json": JSON.stringify({
        run_list: ["recipe[shop]"],
        default_attributes: level("role", "c", "d"),
        override_attributes: level("role over", "d"),
      }),
    };
    const { a, b, c, d, e } = shop("node['shop']", files).attributes.shop;
    expect([a, b, c, d, e]).toEqual(["cookbook", "environment", "role", "role over", "override"]);
  });

  it("tells a service once, at the end, what several resources notify, and only when they changed", () => {
    const file = (name: string) =>
      `file '/etc/default/${name}' do\n content 'x'\n notifies :restart, 'service[shop]'\nend\n`;
    const unit = "systemd_unit 'shop.service' do\n content 'x'\n action :create\nend\n";
    const recipe = `${unit}${file("a")}${file("b")}service 'shop' do\n action %i[enable start]\nend`;
    const [first, second] = shop(recipe).runs;
    expect(first!.steps.map(({ resource, action }) => `${action} ${resource}`)).toEqual([
      "create systemd_unit[shop.service]",
      "create file[/etc/default/a]",
      "create file[/etc/default/b]",
      "enable service[shop]",
      "start service[shop]",
      "restart service[shop]",
    ]);
    expect(first!.units["shop.service"]).toEqual({ active: true, enabled: true, masked: false });
    expect(second!.updated).toEqual([]);
  });

  it("asks a test what the command of a guard answers, and looks into the machine for a block", () => {
    const recipe = `execute 'one' do\n not_if 'test one'\nend
execute 'two' do\n only_if { ::File.exist?('/etc/default/two') }\nend`;
    const [first, second] = shop(recipe, {}, { guards: { "test one": [false, true] } }).runs;
    expect(first!.steps.map(({ updated, passed }) => [updated, passed])).toEqual([
      [true, undefined],
      [false, "only_if a block"],
    ]);
    expect(second!.updated).toEqual([]);
    expect(() => shop(recipe)).toThrow('execute[one]: what does not_if "test one" answer?');
  });

  it("keeps what is sensitive out of its report", () => {
    const recipe = "file '/etc/default/key' do\n content 'secret'\n mode '0600'\n sensitive true\nend";
    const { runs, files } = shop(recipe);
    expect(runs[0]!.steps[0]!.properties).toEqual({});
    expect(files["/etc/default/key"]).toMatchObject({ mode: "0600" });
  });

  describe.each<[what: string, recipe: string, message: string]>([
    ["a resource that it does not know", "package 'x'", "shop::default uses `package`"],
    ["a property that the resource has not", "file '/tmp/x' do\n colour 'red'\nend", "says `colour`"],
    ["an action that the resource has not", "file '/tmp/x' do\n action :paint\nend", "has no action paint"],
    ["a folder that nobody made", "file '/srv/x/y' do\n content ''\nend", "there is no folder /srv/x"],
    ["a user that nobody made", "file '/tmp/x' do\n content ''\n owner 'shop'\nend", "there is no user shop"],
    ["a unit that nobody wrote", "service 'shop' do\n action :start\nend", "there is no unit shop.service"],
    ["a mode that is a number", "file '/tmp/x' do\n content ''\n mode 420\nend", "want mode as text"],
    [
      "news for nobody",
      "file '/tmp/x' do\n content ''\n notifies :run, 'execute[x]'\nend",
      "execute[x], which is nowhere",
    ],
    ["a cookbook that is no dependency", "include_recipe 'other'", "does not depend on other"],
  ])("refuses", (what, recipe, message) => {
    it(what, () => expect(() => shop(recipe)).toThrow(message));
  });
});
