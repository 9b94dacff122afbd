import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { TerraformVariable } from "cdktf";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { encodedUserData } from ".";

const template = (text: (value: string) => string) =>
  synthesize((stack) => {
    const { stringValue } = new TerraformVariable(stack, "value", { type: "string" });
    new LaunchTemplate(stack, "template", { userData: encodedUserData(stack, "user-data", text(stringValue)) });
  });

describe("user data", () => {
  it("is encoded at once where nothing of it is known only after apply, whatever is in it", () => {
    const text = '#!/bin/sh\necho "${HOME}" %{x} é\n';
    const { document, one } = template(() => text);
    expect(Buffer.from(one(LaunchTemplate).user_data, "base64").toString()).toBe(text);
    expect(document.locals).toBeUndefined();
  });

  it("is encoded by Terraform, as it is written, where values of other resources are in it", () => {
    const { document, one } = template((value) => `#!/bin/sh\necho "\${HOME}" ${value}\n`);
    expect(one(LaunchTemplate).user_data).toBe("${base64encode(local.user-data)}");
    expect(document.locals["user-data"]).toBe('#!/bin/sh\necho "${"$"}{HOME}" ${var.value}\n');
  });
});
