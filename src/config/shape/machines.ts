import * as z from "zod";
import { choice, expectations, mapOf, oneOf, section, text, whole } from "./field";

const regionKey = z.string();
expectations.add(regionKey, { code: "REGION_UNKNOWN", want: "an AWS region" });

/** AWS's image of ECS machines for x86 processors, always the newest. */
const newestEcsImage = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";

/** An image that never changes by itself. */
export const imageByName = section("The image of exactly this name: a newer one comes when this line changes.", {
  name: text("Name of the image, without wildcards.", {
    code: "AMI_NAME",
    want: "the exact name of an AMI: 3 to 128 letters, digits, spaces or ()[]./-'@_",
    fix: "write the full name without wildcards: a pattern would match a newer image one day",
    pattern: /^[a-zA-Z0-9()[\] ./'@_-]{3,128}$/,
  }),
  owner: text("Whose image: amazon, self, or an account. Anybody can publish an image of any name.", {
    code: "AMI_OWNER",
    want: "amazon, self, aws-marketplace, or an account of 12 digits in quotes",
    fix: "write amazon for AWS's own images, self for yours",
    pattern: /^(amazon|self|aws-marketplace|\d{12})$/,
  }),
});

const image = oneOf(
  "Machine image: by name (pinned), by SSM parameter (always the newest), or by region and id.",
  [
    imageByName,
    section("The image that a public SSM parameter names, always the newest.", {
      parameter: text("Path of the parameter.", {
        code: "SSM_NAME",
        want: "the path of an SSM parameter",
        fix: `write a path such as ${newestEcsImage}`,
        pattern: /^(\/[A-Za-z0-9_.-]+)+$/,
        max: 1011,
      }),
    }),
    section("The image of this id.", {
      ids: mapOf(
        "Region → id: the same image has another id in each region.",
        regionKey,
        text("Id of the image.", {
          code: "AMI_ID",
          want: "ami- and 8 or 17 hexadecimal digits",
          fix: "copy the id from the EC2 console of that region",
          pattern: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
        }),
      ),
    }),
  ],
  {
    code: "AMI_SOURCE",
    want: "a map with name and owner, or with parameter, or with ids",
    fix: `write { parameter: ${newestEcsImage} }`,
  },
);

export const cluster = section("The ECS cluster.", {
  insights: choice(
    "Metrics of Container Insights: none, per service, or per task as well.",
    ["off", "on", "enhanced"],
    {
      code: "CLUSTER_INSIGHTS",
    },
  ).default("on"),
});

export const machines = section("The EC2 machines that tasks run on.", {
  type: text("EC2 instance type.", {
    code: "INSTANCE_TYPE",
    want: "an EC2 instance type such as t3.small",
    fix: "write a family, a dot and a size",
    pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  }).default("t3.small"),
  min: whole("Machines that always run.", { code: "SCALE_BOUNDS", min: 0, max: 5000 }).default(0),
  desired: whole("Machines at the start; ECS sets the number afterwards. Without it, min, or 1.", {
    code: "SCALE_BOUNDS",
    min: 0,
    max: 5000,
  }).optional(),
  max: whole("Machines that never are exceeded.", { code: "SCALE_BOUNDS", min: 1, max: 5000 }).default(30),
  volumeGib: whole("Size of the encrypted root volume, in GiB. AWS's ECS images need 30.", {
    code: "EBS_SIZE",
    min: 30,
    max: 16_384,
  }).default(30),
  image: image.default({ parameter: newestEcsImage }),
  size: section("What one machine offers, for a type that is too new for Slipway's table.", {
    vcpu: whole("Virtual processors.", { code: "UNIT_FORM", min: 1, max: 1024 }),
    memoryMib: whole("Memory in MiB.", { code: "UNIT_FORM", min: 512, max: 33_554_432 }),
    architecture: choice("Kind of processor.", ["x86_64", "arm64"], { code: "ARCHITECTURE" }),
  }).optional(),
});
