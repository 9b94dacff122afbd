import { gzipSync } from "node:zlib";
import type { Block } from "../../core/terraform-json";
import { aws, drop, type Flip, set, specify } from "../testing/specify";
import { asg01 } from "./asg-01-launch-template";
import { asg02 } from "./asg-02-tags";
import { asg03 } from "./asg-03-health";
import { asg04 } from "./asg-04-zones";
import { ec201 } from "./ec2-01-imdsv2";
import { ec202 } from "./ec2-02-hop-limit";
import { ec203 } from "./ec2-03-no-public-address";
import { ec204 } from "./ec2-04-encrypted-disks";
import { ec208 } from "./ec2-08-user-data";
import { ec212 } from "./ec2-12-image-owner";
import { x05 } from "./x-05-concrete-versions";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const template = {
  image_id: "${data.aws_ami.web.id}",
  metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
  network_interfaces: [{ associate_public_ip_address: "false" }],
  block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3" } }],
  user_data: base64("#!/bin/sh\necho ECS_CLUSTER=web >> /etc/ecs/ecs.config\nSECRET_ARN=arn:aws:secretsmanager:x\n"),
};
const machine = (changes: object = {}) => aws({ aws_launch_template: { m: { ...template, ...changes } } });
const path = "aws_launch_template/m";
const other = aws({ aws_autoscaling_group: { g: {} } });

specify(ec201, {
  good: [machine(), machine({ metadata_options: [{ http_endpoint: "disabled" }] })],
  broken: {
    "tokens are optional": set(`${path}/metadata_options/http_tokens`, "optional"),
    "nothing is said": drop(`${path}/metadata_options`),
    "a machine by itself says nothing": set("aws_instance/i", { ami: "ami-1" }),
  },
  elsewhere: other,
});

specify(ec202, {
  good: machine(),
  broken: {
    "two hops are allowed": set(`${path}/metadata_options/http_put_response_hop_limit`, 2),
    "AWS decides": drop(`${path}/metadata_options/http_put_response_hop_limit`),
    "the block is missing, which checkov passes": drop(`${path}/metadata_options`),
  },
  elsewhere: other,
});

specify(ec203, {
  good: [machine(), machine({ network_interfaces: undefined }), aws({ aws_instance: { i: { ami: "ami-1" } } })],
  broken: {
    "an interface has one": set(`${path}/network_interfaces/0/associate_public_ip_address`, "true"),
    "an interface does not say": drop(`${path}/network_interfaces/0/associate_public_ip_address`),
    "a machine has one": set("aws_instance/i", { associate_public_ip_address: true }),
  },
  elsewhere: other,
});

specify(ec204, {
  good: [machine(), aws({ aws_instance: { i: { root_block_device: { encrypted: true } } } })],
  broken: {
    "a disk is plain": set(`${path}/block_device_mappings/0/ebs/encrypted`, "false"),
    "a second disk is plain": set(`${path}/block_device_mappings/1`, { ebs: { volume_size: 10 } }),
    "no disk is named": drop(`${path}/block_device_mappings`),
    "the root disk of a machine is not named": set("aws_instance/i", { ebs_block_device: [{ encrypted: true }] }),
  },
  elsewhere: other,
});

/** User data that Terraform encodes from a local value. */
const encoded = (boot: string, locals: Block = {}): Flip => ({
  at: "aws_launch_template.m",
  apply: (document) => ({
    ...set(`${path}/user_data`, "${base64encode(local.boot)}").apply(document),
    locals: { boot, ...locals },
  }),
});
/** The same as a cloud-config with files, of which some are packed by Terraform. */
const written = (files: object[], locals?: Block) =>
  encoded(`#cloud-config\n${JSON.stringify({ write_files: files })}\n`, locals);
const packed = { path: "/usr/local/lib/run", encoding: "gz+b64", content: "${base64gzip(local.run)}" };
const plain = (content: string) => ({ path: "/etc/shop.env", content });
const run = '#!/bin/sh\necho "${"$"}{HOME}" >> "/run/log"\n';

const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";
specify(ec208, {
  good: [
    machine(),
    machine({ user_data: undefined }),
    machine({ user_data: base64("PASSWORD=$(aws get it)\n") }),
    written([packed, plain("PASSWORD_ARN=${aws_secretsmanager_secret.s.arn}\n")], { run }).apply(machine()),
  ],
  broken: {
    "a password is written out": set(`${path}/user_data`, base64("#!/bin/sh\nexport DB_PASSWORD='hunter2!'\n")),
    "a private key hides in Base64": set(`${path}/user_data`, base64(`#!/bin/sh\ncat <<X\n${pem}X\n`)),
    "it is zipped as well": set(`${path}/user_data`, gzipSync(pem).toString("base64")),
    "Terraform would encode it": set(`${path}/user_data`, '${base64encode("AKIAABCDEFGHIJKLMNOP")}'),
    "a cloud-config writes it into a file": set(
      `${path}/user_data`,
      base64(
        `#cloud-config\n${JSON.stringify({ write_files: [{ path: "/etc/x", content: "a=b\nDB_PASSWORD=hunter2!\n" }] })}\n`,
      ),
    ),
    "it stands in a file beside one that Terraform packs": written([packed, plain("a=b\nPASSWORD=hunter2!\n")], {
      run,
    }),
    "Terraform packs the file that it is in": written([plain("a=b\n"), packed], { run: `${run}PASSWORD='hunter2!'\n` }),
    "the file that it is in was packed before": written([
      { ...packed, content: gzipSync("a=b\nPASSWORD=hunter2!\n").toString("base64") },
    ]),
    "a script holds it in a part that Terraform packs": encoded("#!/bin/sh\n${base64gzip(local.run)}\n", {
      run: "PASSWORD=hunter2!\n",
    }),
    "a machine by itself has it in clear": set("aws_instance/i", { user_data: "api_key: abcdef0123\n" }),
  },
  elsewhere: other,
});

const image = aws(
  {},
  { data: { aws_ami: { web: { owners: ["self"], filter: [{ name: "name", values: ["slipway-*"] }] } } } },
);
specify(ec212, {
  good: image,
  broken: {
    "no owner is named": drop("data/aws_ami/web/owners"),
    "the owner is a name that anybody may take": set("data/aws_ami/web/owners", ["self", "debian"]),
    "no name is given": set("data/aws_ami/web/filter", [{ name: "architecture", values: ["arm64"] }]),
  },
  elsewhere: machine(),
});

const scaling = {
  max_size: 3,
  vpc_zone_identifier: ["subnet-a", "subnet-b"],
  launch_template: { id: "${aws_launch_template.m.id}", version: "${aws_launch_template.m.latest_version}" },
  target_group_arns: ["${aws_lb_target_group.t.arn}"],
  health_check_type: "ELB",
  tag: [{ key: "Name", value: "web", propagate_at_launch: true }],
};
const scaled = (changes: object = {}) =>
  aws({ aws_autoscaling_group: { g: { ...scaling, ...changes } }, aws_launch_template: { m: template } });
const groupPath = "aws_autoscaling_group/g";
const mixed = (version: string) => ({
  launch_template: undefined,
  mixed_instances_policy: { launch_template: { launch_template_specification: { version } } },
});

specify(asg01, {
  good: [scaled(), scaled(mixed("3"))],
  broken: {
    "a group uses a launch configuration": [
      drop(`${groupPath}/launch_template`),
      set(`${groupPath}/launch_configuration`, "old"),
    ],
    "a launch configuration is made": set("aws_launch_configuration/old", { image_id: "ami-1" }),
  },
  elsewhere: machine(),
});

specify(asg02, {
  good: scaled(),
  broken: { "a tag stays behind": set(`${groupPath}/tag/0/propagate_at_launch`, false) },
  elsewhere: scaled({ tag: undefined }),
});

specify(asg03, {
  good: scaled(),
  broken: {
    "EC2 decides alone": set(`${groupPath}/health_check_type`, "EC2"),
    "AWS decides": drop(`${groupPath}/health_check_type`),
    "the group is attached from outside": [
      drop(`${groupPath}/health_check_type`),
      drop(`${groupPath}/target_group_arns`),
      set("aws_autoscaling_attachment/a", { autoscaling_group_name: "${aws_autoscaling_group.g.name}" }),
    ],
  },
  elsewhere: scaled({ health_check_type: "EC2", target_group_arns: [] }),
});

specify(asg04, {
  good: scaled(),
  broken: {
    "all machines are in one zone": set(`${groupPath}/vpc_zone_identifier`, ["subnet-a"]),
    "no subnet is named": drop(`${groupPath}/vpc_zone_identifier`),
  },
  elsewhere: scaled({ max_size: 1, vpc_zone_identifier: ["subnet-a"] }),
});

specify(x05, {
  good: [scaled(), scaled(mixed("3"))],
  broken: {
    "the newest version is taken": set(`${groupPath}/launch_template/version`, "$Latest"),
    "the newest version is taken, escaped": set(`${groupPath}/launch_template/version`, "$$Latest"),
    "no version is named": drop(`${groupPath}/launch_template/version`),
    "a mixed group takes the default": [
      drop(`${groupPath}/launch_template`),
      set(`${groupPath}/mixed_instances_policy`, mixed("$Default").mixed_instances_policy),
    ],
    "EC2 looks the image up": set("aws_launch_template/m/image_id", "resolve:ssm:/aws/service/x"),
  },
  elsewhere: aws({ aws_launch_template: { m: { image_id: "ami-0123456789abcdef0" } } }),
});
