import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { describe, expect, it } from "vitest";
import { type Block, synthesize } from "../../src/testing/synthesize";
import { Distribution, type DistributionProps } from ".";

const distribution = (props: Partial<DistributionProps> = {}) =>
  synthesize((stack) => {
    const provider = new AwsProvider(stack, "us-east-1", { region: "us-east-1", alias: "us-east-1" });
    new Distribution(stack, "cdn", {
      name: "shop",
      names: ["www.example.org"],
      certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0f5c4f2e",
      origin: { arn: "arn:balancer", dnsName: "internal-shop.elb.amazonaws.com" },
      provider,
      ...props,
    });
  });
const made = distribution();
const cdn = made.one(CloudfrontDistribution);
const policy = (name: string) => made.all(CloudfrontCachePolicy).find((each) => each.name === name)!;
const behavior = (path: string): Block => cdn.ordered_cache_behavior.find((each: Block) => each.path_pattern === path);

/** What `path` is answered by, as CloudFront chooses: the first pattern that fits. */
const answering = (path: string): Block => {
  const fits = ({ path_pattern }: Block) =>
    new RegExp(`^${path_pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(path);
  return cdn.ordered_cache_behavior.find(fits) ?? cdn.default_cache_behavior;
};

describe("a distribution", () => {
  it("speaks HTTPS only, in no version before 1.2, with a certificate of its own (S2-W05)", () => {
    expect(cdn.viewer_certificate).toMatchObject({
      minimum_protocol_version: "TLSv1.2_2021",
      ssl_support_method: "sni-only",
    });
    const all = [cdn.default_cache_behavior, ...cdn.ordered_cache_behavior];
    expect(new Set(all.map(({ viewer_protocol_policy }) => viewer_protocol_policy))).toEqual(
      new Set(["redirect-to-https"]),
    );
  });

  it("reaches its load balancer inside the VPC, encrypted, so that nobody gets past it (S2-W05, S3-W12)", () => {
    const [origin] = cdn.origin;
    expect(origin.vpc_origin_config.vpc_origin_id).toMatch(/^\$\{aws_cloudfront_vpc_origin\.\w+\.id\}$/);
    expect(made.one(CloudfrontVpcOrigin).vpc_origin_endpoint_config[0]).toMatchObject({
      origin_protocol_policy: "https-only",
      origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
    });
  });

  it("has no secret to show: neither a header nor a password", () => {
    expect(made.json).not.toMatch(/custom_header|secret/i);
  });

  it.each([
    "/wp-admin/post.php",
    "/wp-admin/css/x.css",
    "/wp-login.php",
    "/xmlrpc.php",
    "/wp-cron.php",
    "/wp-comments-post.php",
    "/wp-content/plugins/x/ajax.php",
    "/wp-json/wp/v2/posts",
  ])("keeps nothing of %s, and hands on all that was sent (S3-W14)", (path) => {
    expect(answering(path)).toMatchObject({
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      origin_request_policy_id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
      allowed_methods: expect.arrayContaining(["POST", "DELETE"]),
    });
  });

  it.each([
    "/wp-content/uploads/2026/11/cat.jpg",
    "/wp-includes/js/jquery.js",
  ])("keeps %s for a day and up to a year, for everybody alike (S3-W14)", (path) => {
    expect(answering(path).cache_policy_id).toContain("_files_");
    expect(policy("shop-files")).toMatchObject({ default_ttl: 86_400, max_ttl: 31_536_000 });
    const { cookies_config } = policy("shop-files").parameters_in_cache_key_and_forwarded_to_origin;
    expect(cookies_config).toEqual({ cookie_behavior: "none" });
  });

  it("gives pages of their own to who is logged in, knows a post's password or commented (S3-W14)", () => {
    expect(answering("/2026/11/hello/")).toBe(cdn.default_cache_behavior);
    const { cookies_config, query_strings_config } =
      policy("shop-pages").parameters_in_cache_key_and_forwarded_to_origin;
    expect(cookies_config.cookies.items).toEqual([
      ...["wordpress_logged_in_*", "wordpress_sec_*", "wp-postpass_*", "comment_author_*"],
    ]);
    expect(query_strings_config).toEqual({ query_string_behavior: "all" });
  });

  it("tells WordPress with a page no cookie that the page is not told apart by (S3-W14)", () => {
    expect(made.one(CloudfrontOriginRequestPolicy).cookies_config).toEqual({ cookie_behavior: "none" });
    expect(behavior("/wp-content/*").origin_request_policy_id).toBe(
      cdn.default_cache_behavior.origin_request_policy_id,
    );
  });

  it("keeps a page for a minute, or as asked, where WordPress does not say otherwise", () => {
    expect(policy("shop-pages")).toMatchObject({ min_ttl: 0, default_ttl: 60 });
    const [pages] = distribution({ pageSeconds: 0 })
      .all(CloudfrontCachePolicy)
      .filter(({ name }) => name === "shop-pages");
    expect(pages).toMatchObject({ default_ttl: 0 });
  });

  it("has browsers come by HTTPS for a year, and show the site in no stranger's frame", () => {
    const { security_headers_config } = made.one(CloudfrontResponseHeadersPolicy);
    expect(security_headers_config).toMatchObject({
      strict_transport_security: { access_control_max_age_sec: 31_536_000 },
      frame_options: { frame_option: "SAMEORIGIN" },
    });
  });

  it("stands behind the web ACL that it is given (S3-W11)", () => {
    expect(distribution({ webAclArn: "arn:acl" }).one(CloudfrontDistribution).web_acl_id).toBe("arn:acl");
  });

  it("keeps no logs unless asked to, and then in a closed bucket of us-east-1 that only its own account's logs reach", () => {
    expect(made.all(S3Bucket)).toEqual([]);
    const logged = distribution({ logDays: 90 });
    expect(logged.one(S3Bucket).provider).toBe("aws.us-east-1");
    expect(logged.one(CloudwatchLogDeliverySource)).toMatchObject({
      log_type: "ACCESS_LOGS",
      provider: "aws.us-east-1",
    });
    expect(logged.one(CloudwatchLogDelivery).provider).toBe("aws.us-east-1");
    const [, allowed] = JSON.parse(logged.one(S3BucketPolicy).policy).Statement;
    expect(allowed).toMatchObject({
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": expect.any(String) } },
    });
  });

  it.each<[Partial<DistributionProps>, string]>([
    [{ names: [] }, "names must be at least one name"],
    [{ names: ["https://www.example.org"] }, "names must be a full name"],
    [{ pageSeconds: -1 }, "pageSeconds must be a whole number of seconds from 0 to 86400"],
    [{ logDays: 0 }, "logDays must be a whole number of days from 1 to 3650"],
  ])("refuses %j", (props, message) => {
    expect(() => distribution(props)).toThrow(`test/cdn: ${message}`);
  });
});
