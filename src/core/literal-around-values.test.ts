import { describe, expect, it } from "vitest";
import { literalAroundValues } from "./literal-around-values";

const value = "${TfToken[TOKEN.7]}";

describe("text for Terraform", () => {
  it.each([
    ["without values and signs", "echo hello", "echo hello"],
    ["without values", "${HOME} %{if} $HOME 100%", "$${HOME} %%{if} $HOME 100%"],
    ["that is a value", value, value],
    ["beside a value", `${value} \${HOME} %{if} $HOME`, `${value} \${"$"}{HOME} %%{if} $HOME`],
    ["before a value, left open", `\${HOME ${value}`, `\${"$"}{HOME ${value}`],
    ["after two values", `${value}${value}$\{x}`, `${value}${value}\${"$"}{x}`],
  ])("%s", (_, text, written) => {
    expect(literalAroundValues(text)).toBe(written);
  });
});
