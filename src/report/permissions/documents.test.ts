import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documents, sizeOf } from "./documents";
import { type Statement, together } from "./statements";

const text = fc.stringMatching(/^[a-z]{1,40}$/);
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 30 });
const statement: fc.Arbitrary<Statement> = fc
  .tuple(texts, texts, fc.option(text, { nil: undefined }))
  .map(([Action, Resource, tag]) => ({
    ...{ Effect: "Allow" as const, Action, Resource },
    ...(tag && { Condition: { StringEquals: { "aws:ResourceTag/slipway:system": tag } } }),
  }));
const pairs = (statements: readonly Statement[]) =>
  statements
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) => Resource.map((resource) => JSON.stringify([action, resource, Condition]))),
    )
    .sort();

describe("policies of IAM (S2-32)", () => {
  it("are never longer than IAM takes, however much they say", () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 20 }), fc.integer({ min: 400, max: 6144 }), (all, limit) => {
        expect(documents(all, limit).filter((document) => sizeOf(document) > limit)).toEqual([]);
      }),
    );
  });

  it("together say what one would have said, no more and no less", () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 20 }), (all) => {
        const spread = documents(all, 500).flatMap(({ Statement }) => Statement);
        expect(new Set(pairs(spread))).toEqual(new Set(pairs(all)));
        expect(spread.every(({ Action, Resource }) => Action.length > 0 && Resource.length > 0)).toBe(true);
      }),
    );
  });

  it("are counted as IAM counts: without white space, also inside of names", () => {
    const Statement = [{ Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a b/*"] }];
    expect(sizeOf({ Version: "2012-10-17", Statement })).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::ab/*"]}]}'
        .length,
    );
  });

  it("refuse a single word that is too long", () => {
    const Statement = {
      Effect: "Allow" as const,
      Action: ["s3:GetObject"],
      Resource: [`arn:aws:s3:::${"a".repeat(500)}`],
    };
    expect(() => documents([Statement], 400)).toThrow("does not fit in 400 characters");
  });
});

describe("statements", () => {
  it("hold together the actions that go with the same resources and tests", () => {
    const condition = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
    expect(
      together([
        { action: "ec2:DescribeVpcs", resources: ["*"], condition },
        { action: "ec2:DescribeSubnets", resources: ["*"], condition },
        { action: "sts:GetCallerIdentity", resources: ["*"] },
        { action: "ec2:DescribeVpcs", resources: ["*"], condition },
      ]),
    ).toEqual([
      { Effect: "Allow", Action: ["ec2:DescribeSubnets", "ec2:DescribeVpcs"], Resource: ["*"], Condition: condition },
      { Effect: "Allow", Action: ["sts:GetCallerIdentity"], Resource: ["*"] },
    ]);
  });

  it("leave out a resource that another pattern takes in", () => {
    const resources = [
      "arn:aws:iam::1:role/shop-dev-*",
      "arn:aws:iam::1:role/shop-dev-web",
      "arn:aws:iam::1:role/shop",
    ];
    const [statement] = together([{ action: "iam:GetRole", resources }]);
    expect(statement?.Resource).toEqual(["arn:aws:iam::1:role/shop", "arn:aws:iam::1:role/shop-dev-*"]);
  });

  it("are the same for the same grants in another order", () => {
    const grant = fc.record({ action: text, resources: texts });
    fc.assert(
      fc.property(fc.array(grant), fc.array(grant), (some, others) => {
        expect(together([...some, ...others])).toEqual(together([...others, ...some]));
      }),
    );
  });
});
