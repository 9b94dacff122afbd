import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "CPU in words (bad input 59)",
    { service: "cpu: 0.25 vCPU" },
    `
dev.yaml:10:32 UNIT_FORM
  at    wordpress.services.shop.cpu
  got   "0.25 vCPU"
  want  a whole number from 2 to 196608
  fix   give CPU units as a number: 256 is a quarter of a vCPU`,
  ],
  [
    "memory with a unit (bad input 59)",
    { service: "memoryMib: 1GB" },
    `
dev.yaml:10:38 UNIT_FORM
  at    wordpress.services.shop.memoryMib
  got   "1GB"
  want  a whole number from 6 to 33554432
  fix   give MiB as a number: 1024 is one GiB`,
  ],
  [
    "negative memory (bad input 59)",
    { service: "memoryMib: -512" },
    `
dev.yaml:10:38 UNIT_FORM
  at    wordpress.services.shop.memoryMib
  got   -512
  want  a whole number from 6 to 33554432
  fix   give MiB as a number: 1024 is one GiB`,
  ],
  [
    "a fraction of a CPU unit (bad input 59)",
    { service: "cpu: 0.5" },
    `
dev.yaml:10:32 UNIT_FORM
  at    wordpress.services.shop.cpu
  got   0.5
  want  a whole number from 2 to 196608
  fix   give CPU units as a number: 256 is a quarter of a vCPU`,
  ],
  [
    "a task larger than its machine",
    { service: "memoryMib: 4096" },
    `
dev.yaml:10:38 TASK_PLACEMENT
  at    wordpress.services.shop.memoryMib
  got   4096
  want  at most 1774, the MiB that a t3.small offers to tasks
  fix   take machines of type t3.large or larger, or lower it; of its 2048 MiB the kernel and the ECS agent keep 274`,
  ],
  [
    "more tasks than the machines hold",
    { machines: "max: 2", service: "memoryMib: 1024, count: 40" },
    `
dev.yaml:6:20 TASK_PLACEMENT
  at    wordpress.machines.max
  got   2
  want  at least 41, for 40 tasks at the services' highest counts and one more during a rolling update
  fix   raise max to 41, take larger machines, or lower the services' highest counts`,
  ],
  [
    "no image (bad input 61)",
    { shop: "{}" },
    `
dev.yaml:10:5 KEY_MISSING
  at    wordpress.services.shop.image
  got   nothing
  want  a tag of the registry, or an image reference
  fix   add image`,
  ],
  [
    "an empty image (bad input 61)",
    { shop: '{ image: "" }' },
    `
dev.yaml:10:20 IMAGE_REF
  at    wordpress.services.shop.image
  got   ""
  want  a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash
  fix   write a tag such as 6.8.3-1`,
  ],
  [
    "an image with an empty tag (bad input 61)",
    { shop: '{ image: "shop/api:" }' },
    `
dev.yaml:10:20 IMAGE_REF
  at    wordpress.services.shop.image
  got   "shop/api:"
  want  a tag of 1 to 128 characters after the colon
  fix   write for example shop/api:1.0.0`,
  ],
  [
    "a repository in capitals, in a reference (bad input 61)",
    { shop: "{ image: Shop/api:1.0 }" },
    `
dev.yaml:10:20 IMAGE_REF
  at    wordpress.services.shop.image
  got   "Shop/api:1.0"
  want  a repository in lower-case letters, digits and single separators
  fix   write shop/api:1.0`,
  ],
  [
    "half a digest (bad input 61)",
    { shop: "{ image: shop/api@sha256:abc }" },
    `
dev.yaml:10:20 IMAGE_REF
  at    wordpress.services.shop.image
  got   "shop/api@sha256:abc"
  want  a digest of sha256: and 64 hexadecimal digits after @
  fix   copy the digest from the registry`,
  ],
  [
    "an image version that became a number (bad input 61)",
    { shop: "{ image: 6.10 }" },
    `
dev.yaml:10:20 IMAGE_REF
  at    wordpress.services.shop.image
  got   6.10
  want  a tag of the registry, or an image reference
  fix   put it in quotes: "6.10"`,
  ],
  [
    "the newest image, whichever that is (bad input 62)",
    { shop: "{ image: latest }" },
    `
dev.yaml:10:20 IMAGE_UNPINNED
  at    wordpress.services.shop.image
  got   "latest"
  want  an image that stays the same: a version, or a digest
  fix   write the version that you tested, such as 6.8.3-1`,
  ],
  [
    "a reference without a version (bad input 62)",
    { shop: "{ image: ghcr.io/shop/api }" },
    `
dev.yaml:10:20 IMAGE_UNPINNED
  at    wordpress.services.shop.image
  got   "ghcr.io/shop/api"
  want  an image that stays the same: a version, or a digest
  fix   write the version that you tested, such as 6.8.3-1`,
  ],
  [
    "an x86 image for ARM machines (bad input 64)",
    { machines: "type: t4g.small" },
    `
dev.yaml:6:3 ARCH_MISMATCH
  at    wordpress.machines.image.parameter
  got   "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended"… (69 characters)
  want  an image for arm64, the processors of t4g.small
  fix   write image: { parameter: /aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id }`,
  ],
  [
    "an ARM image for x86 machines (bad input 64)",
    { machines: "image: { name: al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-arm64, owner: amazon }" },
    `
dev.yaml:6:30 ARCH_MISMATCH
  at    wordpress.machines.image.name
  got   "al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-arm64"
  want  an image for x86_64, the processors of t3.small
  fix   take the x86_64 build of the image, or a machine type with arm64 processors`,
  ],
  [
    "a variable with a dash (bad input 66)",
    { service: "environment: { LOG-LEVEL: info }" },
    `
dev.yaml:10:42 ENV_NAME
  at    wordpress.services.shop.environment.LOG-LEVEL
  got   "LOG-LEVEL"
  want  1 to 128 letters, digits and underscores, the first no digit
  fix   write LOG_LEVEL`,
  ],
  [
    "a variable that begins with a digit (bad input 66)",
    { service: "environment: { 1A: info }" },
    `
dev.yaml:10:42 ENV_NAME
  at    wordpress.services.shop.environment.1A
  got   "1A"
  want  1 to 128 letters, digits and underscores, the first no digit
  fix   write _1A`,
  ],
  [
    "a variable without a name (bad input 66)",
    { service: 'environment: { "": info }' },
    `
dev.yaml:10:42 ENV_NAME
  at    wordpress.services.shop.environment[""]
  got   ""
  want  1 to 128 letters, digits and underscores, the first no digit
  fix   write a name such as LOG_LEVEL`,
  ],
  [
    "a variable that is a setting and a secret (bad input 66)",
    {
      service:
        'environment: { API: x }, secrets: { API: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbCdEf" }',
    },
    `
dev.yaml:10:42 ENV_DUP
  at    wordpress.services.shop.environment.API
  got   "API"
  want  each variable once, under environment or under secrets
  fix   remove it here`,
  ],
  [
    "a variable that the platform sets (bad input 66)",
    { service: "environment: { WORDPRESS_DB_HOST: localhost }" },
    `
dev.yaml:10:42 ENV_DUP
  at    wordpress.services.shop.environment.WORDPRESS_DB_HOST
  got   "WORDPRESS_DB_HOST"
  want  a variable that Slipway does not set itself, as it does with database: true
  fix   remove it, or write database: false`,
  ],
  [
    "a variable that became a number (bad input 67)",
    { service: "environment: { PORT: 8080 }" },
    `
dev.yaml:10:48 ENV_TYPE
  at    wordpress.services.shop.environment.PORT
  got   8080
  want  text
  fix   put it in quotes: "8080"`,
  ],
  [
    "a variable that became a truth value (bad input 67)",
    { service: "environment: { DEBUG: true }" },
    `
dev.yaml:10:49 ENV_TYPE
  at    wordpress.services.shop.environment.DEBUG
  got   true
  want  text
  fix   put it in quotes: "true"`,
  ],
  [
    "a variable without a value (bad input 67)",
    { service: "environment: { EMPTY: }" },
    `
dev.yaml:10:49 ENV_TYPE
  at    wordpress.services.shop.environment.EMPTY
  got   nothing
  want  text
  fix   write text in quotes, "" for none`,
  ],
  [
    "a variable that is a map (bad input 67)",
    { service: "environment: { A: { b: c } }" },
    `
dev.yaml:10:45 ENV_TYPE
  at    wordpress.services.shop.environment.A
  got   a map with b
  want  text
  fix   write text in quotes, "" for none`,
  ],
  [
    "a variable that is not a number (bad input 67)",
    { service: "environment: { A: .nan }" },
    `
dev.yaml:10:45 ENV_TYPE
  at    wordpress.services.shop.environment.A
  got   .nan
  want  text
  fix   put it in quotes: ".nan"`,
  ],
  [
    "a password (bad input 68)",
    { service: "environment: { DB_PASSWORD: hunter2 }" },
    `
dev.yaml:10:55 SECRET_PLAIN
  at    wordpress.services.shop.environment.DB_PASSWORD
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "an access key (bad input 68)",
    { service: "environment: { KEY_ID: AKIAIOSFODNN7EXAMPLE }" },
    `
dev.yaml:10:50 SECRET_PLAIN
  at    wordpress.services.shop.environment.KEY_ID
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "a private key (bad input 68)",
    { service: 'environment: { PEM: "-----BEGIN RSA PRIVATE KEY-----\\nMIIE" }' },
    `
dev.yaml:10:47 SECRET_PLAIN
  at    wordpress.services.shop.environment.PEM
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "a web token (bad input 68)",
    { service: "environment: { AUTH: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl }" },
    `
dev.yaml:10:48 SECRET_PLAIN
  at    wordpress.services.shop.environment.AUTH
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "an address with a password (bad input 68)",
    { service: 'environment: { DATABASE_URL: "postgres://u:p@h/db" }' },
    `
dev.yaml:10:56 SECRET_PLAIN
  at    wordpress.services.shop.environment.DATABASE_URL
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "a random value (bad input 68)",
    { service: "environment: { STUFF: kJ8vQ2mZx7LpW4nRt9YbC3dF6gHs1A }" },
    `
dev.yaml:10:49 SECRET_PLAIN
  at    wordpress.services.shop.environment.STUFF
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   put it in Secrets Manager, and its ARN under secrets with the same name`,
  ],
  [
    "a secret that is no ARN (bad input 69)",
    { service: "secrets: { API_TOKEN: hunter2 }" },
    `
dev.yaml:10:49 SECRET_REF
  at    wordpress.services.shop.secrets.API_TOKEN
  got   a value (not shown)
  want  the full ARN of a Secrets Manager secret, with the six characters at its end
  fix   copy it from Secrets Manager; for one value of a JSON secret write { arn: …, key: … }`,
  ],
  [
    "a secret of another region (bad input 69)",
    { service: 'secrets: { API: "arn:aws:secretsmanager:us-east-1:111122223333:secret:api-AbCdEf" }' },
    `
dev.yaml:10:43 SECRET_REF
  at    wordpress.services.shop.secrets.API
  got   "arn:aws:secretsmanager:us-east-1:111122223333:secret:api-AbC"… (63 characters)
  want  an ARN of eu-west-1, the region of the service
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "a secret with its key in the ARN (bad input 69)",
    { service: 'secrets: { API: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbCdEf:token" }' },
    `
dev.yaml:10:43 SECRET_REF
  at    wordpress.services.shop.secrets.API
  got   "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbC"… (69 characters)
  want  the full ARN of a Secrets Manager secret, with the six characters at its end
  fix   copy it from Secrets Manager; for one value of a JSON secret write { arn: …, key: … }`,
  ],
  [
    "a secret whose key is an alias",
    {
      service:
        'secrets: { API: { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbCdEf", kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/shop" } }',
    },
    `
dev.yaml:10:128 SECRET_KEY
  at    wordpress.services.shop.secrets.API.kmsKeyArn
  got   "arn:aws:kms:eu-west-1:111122223333:alias/shop"
  want  the ARN of a KMS key, with key/ and its id
  fix   copy the ARN of the key itself from KMS: permissions know no alias`,
  ],
  [
    "a secret whose key is in another region",
    {
      service:
        'secrets: { API: { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-AbCdEf", kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1a2b" } }',
    },
    `
dev.yaml:10:128 SECRET_KEY
  at    wordpress.services.shop.secrets.API.kmsKeyArn
  got   "arn:aws:kms:us-east-1:111122223333:key/1a2b"
  want  an ARN of eu-west-1, the region of the secret
  fix   copy the ARN of the one in eu-west-1, or make one there`,
  ],
  [
    "variables that no task definition holds (bad input 80)",
    {
      service: `environment: { ${["A", "B", "C", "D", "E"].map((name) => `${name}: ${"x ".repeat(7000)}`).join(", ")} }`,
    },
    `
dev.yaml:10:40 TASK_SIZE
  at    wordpress.services.shop.environment
  got   70036 bytes
  want  at most 60000 bytes of variables and secrets: ECS takes 64 KiB in all
  fix   put long values into the image or into a secret`,
  ],
  [
    "a smallest count over the largest (bad input 72)",
    { service: "scaling: { min: 5, max: 3, requestsPerTarget: 600 }" },
    `
dev.yaml:10:43 SCALE_BOUNDS
  at    wordpress.services.shop.scaling.min
  got   5
  want  at most max, 3
  fix   raise max to 5, or lower min`,
  ],
  [
    "a count outside its bounds (bad input 72)",
    { service: "count: 9, scaling: { min: 1, max: 3, requestsPerTarget: 600 }" },
    `
dev.yaml:10:34 SCALE_BOUNDS
  at    wordpress.services.shop.count
  got   9
  want  from scaling.min to scaling.max, 1 to 3
  fix   choose a number between them, or leave it out`,
  ],
  [
    "scaling from nothing (bad input 72)",
    { service: "scaling: { min: 0, max: 3, requestsPerTarget: 600 }" },
    `
dev.yaml:10:43 SCALE_BOUNDS
  at    wordpress.services.shop.scaling.min
  got   0
  want  a whole number from 1 to 5000
  fix   write 1 or more`,
  ],
  [
    "scaling without an aim (bad input 72)",
    { service: "scaling: { min: 1, max: 3 }" },
    `
dev.yaml:10:36 SCALE_TARGET
  at    wordpress.services.shop.scaling
  got   a map with min, max
  want  something to aim at: cpuPercent, memoryPercent, requestsPerTarget or schedule
  fix   add for example requestsPerTarget: 600`,
  ],
  [
    "a percentage of next to no CPU, which scales to the end at once",
    { service: "cpu: 10, scaling: { min: 1, max: 3, cpuPercent: 60 }" },
    `
dev.yaml:10:75 SCALE_TARGET
  at    wordpress.services.shop.scaling.cpuPercent
  got   60
  want  cpu of 128 units or more beside it, as the percentage is of cpu: 60 % of 10 units is any request
  fix   set cpu to what a task needs, such as 256`,
  ],
  [
    "fewer machines at most than at least (bad input 72)",
    { machines: "min: 4, max: 3" },
    `
dev.yaml:6:20 SCALE_BOUNDS
  at    wordpress.machines.min
  got   4
  want  at most max, 3
  fix   raise max to 4, or lower min`,
  ],
  [
    "machines outside their bounds (bad input 72)",
    { machines: "min: 2, desired: 1" },
    `
dev.yaml:6:32 SCALE_BOUNDS
  at    wordpress.machines.desired
  got   1
  want  from min to max, 2 to 30
  fix   choose a number between them, or leave it out`,
  ],
  [
    "an image id that is none (bad input 78)",
    { machines: "image: { ids: { eu-west-1: ami-12 } }" },
    `
dev.yaml:6:42 AMI_ID
  at    wordpress.machines.image.ids.eu-west-1
  got   "ami-12"
  want  ami- and 8 or 17 hexadecimal digits
  fix   copy the id from the EC2 console of that region`,
  ],
  [
    "an image id of another region (bad input 78)",
    { machines: "image: { ids: { us-east-1: ami-0123456789abcdef0 } }" },
    `
dev.yaml:6:29 AMI_REGION
  at    wordpress.machines.image.ids
  got   ids for us-east-1
  want  an id for eu-west-1, the region of the environment
  fix   add eu-west-1: ami-…`,
  ],
  [
    "an instance type that does not exist (bad input 78)",
    { machines: "type: t9.micro" },
    `
dev.yaml:6:21 INSTANCE_TYPE
  at    wordpress.machines.type
  got   "t9.micro"
  want  an EC2 instance type that Slipway knows, or one with its size
  fix   did you mean t2.micro, t3.micro, t3a.micro? A type that AWS released after 2026-11-21 needs a line in src/core/machine-types.ts`,
  ],
  [
    "a machine image in two ways",
    { machines: "image: { path: /x }" },
    `
dev.yaml:6:22 AMI_SOURCE
  at    wordpress.machines.image
  got   a map with path
  want  a map with name and owner, or with parameter, or with ids
  fix   write { parameter: /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id }`,
  ],
];

describe("mistakes in containers", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
