import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "./literal";

describe("literal text", () => {
  it.each([
    ["plain", "plain"],
    ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
    ["%{ if true }x%{ endif }", "%%{ if true }x%%{ endif }"],
    ["100 % of $5", "100 % of $5"],
  ])("%s is handed to Terraform as %s", (text, escaped) => {
    expect(literal(text)).toBe(escaped);
  });

  it("is what Terraform reads back, whatever the text", () => {
    // Of several signs before a brace Terraform takes one away (seen with 1.11: `x$$${file}` is read as `x$${file}`).
    const asTerraformReads = (text: string) => text.replace(/([$%])(\1+\{)/g, "$2");
    const signs = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a", '"', "\\") });
    fc.assert(
      fc.property(signs, (text) => {
        expect(asTerraformReads(literal(text))).toBe(text);
      }),
    );
  });
});
