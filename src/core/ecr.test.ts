import { describe, expect, it } from "vitest";
import { ecrRepository } from "./ecr";

describe("the reference of an image in ECR", () => {
  it.each([
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.0.0", "arn:aws:ecr:eu-west-1:111122223333:repository/shop"],
    ["111122223333.dkr.ecr.us-east-1.amazonaws.com/a/b", "arn:aws:ecr:us-east-1:111122223333:repository/a/b"],
    [
      "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a@sha256:0",
      "arn:aws-cn:ecr:cn-north-1:111122223333:repository/a",
    ],
    [
      "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/a",
      "arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/a",
    ],
    ["111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/a:1", "arn:aws:ecr:us-east-1:111122223333:repository/a"],
    ["111122223333.dkr-ecr.eu-west-1.on.aws/team/a:1", "arn:aws:ecr:eu-west-1:111122223333:repository/team/a"],
    ["111122223333.dkr-ecr-fips.us-east-1.on.aws/a:1", "arn:aws:ecr:us-east-1:111122223333:repository/a"],
    [
      "111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/a:1",
      "arn:aws-cn:ecr:cn-north-1:111122223333:repository/a",
    ],
    [
      "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/a:1",
      "arn:aws-eusc:ecr:eusc-de-east-1:111122223333:repository/a",
    ],
  ])("%s leads to %s", (image, arn) => {
    expect(ecrRepository(image)).toMatchObject({ arn, region: arn.split(":")[3] });
  });

  it.each([
    "docker.io/team/shop:1",
    "1111.dkr.ecr.eu-west-1.amazonaws.com/shop",
    "public.ecr.aws/x/y:1",
    "111122223333.dkr-ecr.eu-west-1.amazonaws.com/shop",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "shop:1",
  ])("%s leads to none", (image) => expect(ecrRepository(image)).toBeUndefined());
});
