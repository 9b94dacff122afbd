import { aws, disposable, drop, set, specify } from "../testing/specify";
import { lb01 } from "./lb-01-tls";
import { lb02 } from "./lb-02-tls-version";
import { lb03 } from "./lb-03-ciphers";
import { lb04 } from "./lb-04-redirect";
import { lb05 } from "./lb-05-backend-tls";
import { lb06 } from "./lb-06-invalid-headers";
import { lb08 } from "./lb-08-deletion-protection";
import { lb09 } from "./lb-09-desync";
import { lb12 } from "./lb-12-health-check";
import { lb13 } from "./lb-13-zones";
import { lb16 } from "./lb-16-classic";

const https = { port: 443, protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" };
const http = {
  port: 80,
  protocol: "HTTP",
  default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
};
const listener = (body: object) => aws({ aws_lb_listener: { l: body } });
const group = aws({ aws_lb_target_group: { t: { protocol: "HTTP" } } });

specify(lb01, {
  good: [listener(http), listener(https)],
  broken: {
    "HTTP is forwarded": set("aws_lb_listener/l/default_action", [{ type: "forward" }]),
    "HTTP is answered, and rules may forward it": set("aws_lb_listener/l/default_action/0/type", "fixed-response"),
    "HTTP has no action at all": drop("aws_lb_listener/l/default_action"),
    "TCP is passed on": [set("aws_lb_listener/l/protocol", "TCP"), drop("aws_lb_listener/l/default_action")],
  },
  elsewhere: group,
});

const policies = ["ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-FS-1-2-Res-2020-10"];
specify(lb02, {
  good: [listener(https), ...policies.map((ssl_policy) => listener({ ...https, ssl_policy }))],
  broken: {
    "AWS chooses": drop("aws_lb_listener/l/ssl_policy"),
    "TLS 1.0 is spoken": set("aws_lb_listener/l/ssl_policy", "ELBSecurityPolicy-2016-08"),
    "TLS 1.0 is spoken beside 1.3": set("aws_lb_listener/l/ssl_policy", "ELBSecurityPolicy-TLS13-1-0-2021-06"),
    "TLS 1.1 is spoken": set("aws_lb_listener/l/ssl_policy", "ELBSecurityPolicy-FS-1-1-2019-08"),
  },
  elsewhere: listener(http),
});

specify(lb03, {
  good: [listener(https), ...policies.map((ssl_policy) => listener({ ...https, ssl_policy }))],
  broken: Object.fromEntries(
    ["TLS13-1-2-Ext1-2021-06", "TLS13-1-2-Ext2-2021-06", "TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06", "2016-08"].map(
      (name) => [`the policy is ${name}`, set("aws_lb_listener/l/ssl_policy", `ELBSecurityPolicy-${name}`)],
    ),
  ),
  elsewhere: listener(http),
});

specify(lb04, {
  good: listener(http),
  broken: {
    "the redirect is temporary": set("aws_lb_listener/l/default_action/0/redirect/status_code", "HTTP_302"),
    "it stays in clear text": set("aws_lb_listener/l/default_action/0/redirect/protocol", "HTTP"),
    "it goes to another port": set("aws_lb_listener/l/default_action/0/redirect/port", "8443"),
    "it goes nowhere": drop("aws_lb_listener/l/default_action/0/redirect"),
  },
  elsewhere: [listener(https), listener({ protocol: "HTTP", default_action: [{ type: "forward" }] })],
});

specify(lb05, {
  good: aws({ aws_lb_target_group: { t: { protocol: "HTTPS" } } }),
  broken: {
    "targets are called over HTTP": set("aws_lb_target_group/t/protocol", "HTTP"),
    "the protocol is missing": drop("aws_lb_target_group/t/protocol"),
  },
  elsewhere: [listener(http), aws({ aws_lb_target_group: { t: { target_type: "lambda" } } })],
});

const balancer = {
  load_balancer_type: "application",
  drop_invalid_header_fields: true,
  enable_deletion_protection: true,
  desync_mitigation_mode: "defensive",
  subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
};
const subnets = { a: { availability_zone: "eu-west-1a" }, b: { availability_zone: "eu-west-1b" } };
const lb = (changes: object = {}) => aws({ aws_lb: { l: { ...balancer, ...changes } }, aws_subnet: subnets });
const network = aws({ aws_lb: { l: { load_balancer_type: "network" } } });

specify(lb06, {
  good: lb(),
  broken: {
    "they pass": set("aws_lb/l/drop_invalid_header_fields", false),
    "AWS decides": drop("aws_lb/l/drop_invalid_header_fields"),
    "the type is left to AWS too": [
      set("aws_lb/l/drop_invalid_header_fields", false),
      drop("aws_lb/l/load_balancer_type"),
    ],
  },
  elsewhere: network,
});

specify(lb08, {
  good: lb(),
  broken: {
    "protection is off": set("aws_lb/l/enable_deletion_protection", false),
    "protection is not mentioned": drop("aws_lb/l/enable_deletion_protection"),
  },
  elsewhere: disposable(lb({ enable_deletion_protection: false })),
});

specify(lb09, {
  good: [lb(), lb({ desync_mitigation_mode: "strictest" })],
  broken: {
    "it only watches": set("aws_lb/l/desync_mitigation_mode", "monitor"),
    "AWS decides": drop("aws_lb/l/desync_mitigation_mode"),
  },
  elsewhere: network,
});

const check = (health_check: unknown, protocol = "HTTP") =>
  aws({ aws_lb_target_group: { t: { protocol, health_check } } });
specify(lb12, {
  good: [check({ path: "/health", matcher: "200-302" }), check([{ protocol: "TCP" }])],
  broken: {
    "there is no check": drop("aws_lb_target_group/t/health_check"),
    "it asks AWS's path": drop("aws_lb_target_group/t/health_check/path"),
    "it accepts AWS's answer": drop("aws_lb_target_group/t/health_check/matcher"),
  },
  elsewhere: lb(),
});

specify(lb13, {
  good: [
    lb(),
    lb({ subnets: ["subnet-1", "subnet-2"] }),
    lb({ subnets: '${split(",", data.aws_ssm_parameter.s.value)}' }),
  ],
  broken: {
    "it has one subnet": set("aws_lb/l/subnets", ["${aws_subnet.a.id}"]),
    "it has one subnet twice": set("aws_lb/l/subnets", ["subnet-1", "subnet-1"]),
    "both subnets are in one zone": set("aws_subnet/b/availability_zone", "eu-west-1a", "aws_lb.l"),
    "it has none": drop("aws_lb/l/subnets"),
  },
  elsewhere: aws({ aws_subnet: subnets }),
});

specify(lb16, {
  good: lb(),
  broken: { "one is made": set("aws_elb/old", { name: "old" }) },
  elsewhere: group,
});
