import { describe, expect, it } from "vitest";
import { allowing } from "./iam-policy";

describe("a policy", () => {
  it("allows each of its statements, in their order", () => {
    expect(JSON.parse(allowing({ Action: "a:B" }, { Action: "a:C", Resource: "*" }))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "a:B" },
        { Effect: "Allow", Action: "a:C", Resource: "*" },
      ],
    });
  });

  it("refuses where a statement says so itself", () => {
    expect(JSON.parse(allowing({ Effect: "Deny", Action: "a:B" })).Statement).toEqual([
      { Effect: "Deny", Action: "a:B" },
    ]);
  });
});
