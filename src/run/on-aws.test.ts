import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NeededImage } from "./aws-images";
import { type Consent, launchOnAws, type StackOnAws, takeDownOnAws } from "./on-aws";
import type { Plan } from "./plan";
import { CannotRun, type Run } from "./run";
import { Desk, reportOf } from "./testing/stand-ins";

let desk: Desk;

const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/wordpress-dev/wordpress";
const outputs = (values: object) =>
  `echo '${JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])))}'`;
const missing = "echo 'An error occurred (ImageNotFoundException)' >&2; exit 254";
const changes = {
  resource_changes: [
    { address: "aws_vpc.network", type: "aws_vpc", change: { actions: ["create"] } },
    { address: "aws_db_instance.data", type: "aws_db_instance", change: { actions: ["delete", "create"] } },
  ],
};
const terraform = {
  "output -json": outputs({ registry_url: registry, alb_dns: "wordpress.example.org" }),
  "state list": "echo aws_vpc.network",
  // Its folder has the plan as long as it may be applied.
  "terraform plan": ": >slipway.plan",
  "show -json": `echo '${JSON.stringify(changes)}'`,
  apply: 'echo "Apply complete! Resources: 3 added, 0 changed, 0 destroyed."',
};

const wordpress: NeededImage = {
  ...{ role: "wordpress", kind: "container", name: "wordpress:6.8.3-1", template: "packer/wordpress" },
  text: 'provisioner "ansible" {',
};
const mysql: NeededImage = {
  ...{ role: "mysql", kind: "machine", name: "slipway-mysql-10.11-1", template: "packer/mysql", text: "" },
};

beforeEach(() => {
  desk = new Desk();
  asked.length = 0;
  for (const name of ["packer", "ansible-playbook", "docker"] as const) desk.standIn(name);
  desk.standIn("git", {
    "rev-parse HEAD": "echo 0123456789abcdef",
    "remote get-url": "echo https://example.org/slipway.git",
  });
  desk.standIn("terraform", terraform);
  desk.standIn("aws", { "ecr describe-images": missing, "ec2 describe-images": "echo None" });
});
afterEach(() => desk.remove());

const document = (protocol = "HTTP") => ({
  provider: { aws: [{ region: "eu-west-1" }] },
  resource: { aws_lb_listener: { http: { protocol } } },
});
const stack = (name: string, images: NeededImage[] = [], protocol?: string) => ({
  ...desk.stack(name, document(protocol)),
  images,
});
const both = (protocol?: string) => [
  stack("wordpress-platform-dev", [], protocol),
  stack("wordpress-service-dev", [wordpress]),
];
const machine = () => [stack("wordpress-mysql-dev", [mysql])];
const tries = ["-input=false", "-no-color"].join(" ");

/** Agrees to everything, and keeps what it was asked. */
const asked: (string | Plan)[] = [];
const consent: Consent = {
  toMake: async (images) => void asked.push(...images.map(({ name }) => name)),
  toApply: async (plan) => void asked.push(plan),
};
const launch = (run: Run, stacks: readonly StackOnAws[], says = consent) => launchOnAws(run, stacks, says);
const planned = [
  `terraform plan ${tries} -out=slipway.plan`,
  "terraform show -json slipway.plan",
  `terraform apply ${tries} slipway.plan`,
];

describe("a system on AWS", () => {
  it("is made in order: the infrastructure, then the image, then the service (S2-31, S2-R13)", async () => {
    expect(await launch(desk.run(), both())).toEqual({
      url: "http://wordpress.example.org/",
      what: ["wordpress-platform-dev", "wordpress-service-dev"],
      notes: [],
    });
    expect(desk.calls()).toEqual([
      `terraform init ${tries}`,
      ...planned,
      "terraform output -json -no-color",
      "aws ecr describe-images --region eu-west-1 --repository-name wordpress-dev/wordpress --image-ids imageTag=6.8.3-1",
      "git rev-parse HEAD",
      "packer init -help",
      "packer init packer/plugins",
      `packer build -only=*.docker.* -var=registry=${registry} -var=commit=0123456789abcdef packer/wordpress`,
      `terraform init ${tries}`,
      ...planned,
      "terraform output -json -no-color",
    ]);
  });

  it("builds no image a second time that the registry has (S2-D04)", async () => {
    desk.standIn("aws");
    await launch(desk.run(), both());
    expect(desk.calls().filter((call) => call.startsWith("packer"))).toEqual([]);
    expect(desk.shown.map((line) => line.replace(/, \d+ s$/, ""))).toContain("image wordpress:6.8.3-1, there already");
  });

  it("does not take a registry that cannot be asked for an empty one", async () => {
    desk.standIn("aws", { ecr: "echo 'Unable to locate credentials' >&2; exit 253" });
    expect(await reportOf(launch(desk.run(), both()))).toBe(
      `error: the registry ${registry} cannot be asked for 6.8.3-1: Unable to locate credentials`,
    );
    expect(desk.calls().filter((call) => call.startsWith("packer"))).toEqual([]);
  });

  it("answers by TLS where a listener does", async () => {
    expect((await launch(desk.run(), both("HTTPS"))).url).toBe("https://wordpress.example.org/");
  });

  it("stops at the first stack that fails, without an image or a service after it", async () => {
    desk.standIn("terraform", { ...terraform, apply: "echo 'Error: no quota' >&2; exit 1" });
    expect(await reportOf(launch(desk.run(), both()))).toContain("Error: no quota");
    expect(desk.calls().map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "terraform init",
      "terraform plan",
      "terraform show",
      "terraform apply",
    ]);
  });

  it("asks before it makes images, and for each stack by its plan, which is what it applies", async () => {
    await launch(desk.run(), both());
    const look = "terraform -chdir=cdktf.out/stacks/wordpress-platform-dev show slipway.plan";
    const losses = [{ text: "replace aws_db_instance.data", usual: false }];
    const plan = { stack: "wordpress-platform-dev", look, summary: "2 to add, 0 to change, 1 to destroy", losses };
    expect(asked).toEqual(["wordpress:6.8.3-1", plan, expect.objectContaining({ stack: "wordpress-service-dev" })]);
  });

  it("applies nothing that is not agreed to, and leaves no plan behind", async () => {
    const stacks = both();
    const file = join(stacks[0]!.folder, "slipway.plan");
    let there = false;
    const toApply = async () => {
      there = existsSync(file);
      throw new CannotRun("no");
    };
    expect(await reportOf(launch(desk.run(), stacks, { ...consent, toApply }))).toBe("error: no");
    expect([there, existsSync(file)]).toEqual([true, false]);
    expect(desk.calls().filter((call) => call.includes("apply"))).toEqual([]);
  });

  it("asks nothing where nothing changes", async () => {
    desk.standIn("terraform", { ...terraform, "show -json": "echo '{}'" });
    await launch(desk.run(), [stack("guestbook-dev")]);
    expect(asked).toEqual([]);
  });

  it("bakes the machine image that a stack looks up, before the stack, in its region", async () => {
    desk.standIn("terraform", { ...terraform, "output -json": outputs({ address_command: "aws ec2 …" }) });
    const run = desk.run({ PKR_VAR_ssh_source_cidrs: '["192.0.2.1/32"]' });
    const started = await launch(run, [stack("dashboard-dev", [{ ...mysql, text: 'variable "repository_url" {}' }])]);
    expect(started.notes).toEqual(["its address: aws ec2 …"]);
    expect(desk.calls().filter((call) => !call.startsWith("packer init"))).toEqual([
      "aws ec2 describe-images --region eu-west-1 --owners self --filters Name=name,Values=slipway-mysql-10.11-1 " +
        "--query Images[].ImageId --output text",
      "git rev-parse HEAD",
      "git remote get-url origin",
      "packer build -var=region=eu-west-1 -var=commit=0123456789abcdef -var=repository_url=https://example.org/slipway.git packer/mysql",
      `terraform init ${tries}`,
      ...planned,
      "terraform output -json -no-color",
    ]);
  });

  it("bakes no machine image that is there, and no name twice", async () => {
    desk.standIn("aws", { "ec2 describe-images": "echo ami-0123456789abcdef0" });
    await launch(desk.run(), machine());
    expect(desk.calls().filter((call) => call.startsWith("packer"))).toEqual([]);
  });

  it("does not let Packer wait for a machine that nobody may reach", async () => {
    expect(await reportOf(launch(desk.run(), machine()))).toMatch(
      /^error: slipway-mysql-10\.11-1 has to be baked, and nobody may reach the build machine; export PKR_VAR_ssh_source_cidrs=/,
    );
    expect(desk.calls().filter((call) => call.startsWith("packer"))).toEqual([]);
  });

  it("names every program that is missing before it asks or begins, and only those that it needs", async () => {
    for (const name of ["packer", "ansible-playbook", "docker", "aws"] as const) desk.without(name);
    const report = await reportOf(launch(desk.run(), both()));
    for (const name of ["aws (", "packer (", "ansible-playbook (", "docker ("]) expect(report).toContain(name);
    expect(report).not.toContain("\n");
    expect([desk.calls(), asked]).toEqual([[], []]);
    expect((await launch(desk.run(), [stack("guestbook-dev")])).what).toEqual(["guestbook-dev"]);
  });

  it("uses the Terraform that the CLI of cdktf is told to use", async () => {
    const run = desk.run({ TERRAFORM_BINARY_NAME: "tofu" });
    expect(await reportOf(launch(run, [stack("guestbook-dev")]))).toContain("not installed: terraform (");
  });
});

describe("a system on AWS that is taken down", () => {
  it("goes in the reverse order: the service, then the infrastructure (S2-R14)", async () => {
    const cwd = `echo "$PWD" >>"\${0%/*}/../where"`;
    desk.standIn("terraform", { ...terraform, destroy: cwd });
    expect(await takeDownOnAws(desk.run(), both())).toEqual(["wordpress-service-dev", "wordpress-platform-dev"]);
    const where = desk.read("where").trim().split("\n");
    expect(where.map((folder) => folder.split("/").at(-1))).toEqual([
      "wordpress-service-dev",
      "wordpress-platform-dev",
    ]);
    expect(desk.calls()).toEqual(
      [1, 2].flatMap(() => [
        `terraform init ${tries}`,
        "terraform state list -no-color",
        `terraform destroy -auto-approve ${tries}`,
      ]),
    );
  });

  it("may be gone in part: a stack with nothing in its state is skipped (S2-R14)", async () => {
    desk.standIn("terraform", {
      ...terraform,
      "state list": 'case "$PWD" in *service*) exit 1;; *) echo aws_vpc.network;; esac',
    });
    expect(await takeDownOnAws(desk.run(), both())).toEqual(["wordpress-platform-dev"]);
  });

  it("keeps the infrastructure when the service cannot be destroyed", async () => {
    desk.standIn("terraform", { ...terraform, destroy: "echo 'Error: in use' >&2; exit 1" });
    expect(await reportOf(takeDownOnAws(desk.run(), both()))).toContain("Error: in use");
    expect(desk.calls().filter((call) => call.includes("destroy"))).toHaveLength(1);
  });
});
