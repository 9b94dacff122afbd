import { namesSecret } from "../../core/secret-text";
import { complainIf, rule } from "../rule";

export const ssm01 = rule({
  id: "SSM-01",
  title: "parameters with the name of a secret are encrypted",
  severity: "high",
  types: ["aws_ssm_parameter"],
  why: "a plain parameter is read by whoever may list parameters",
  fix: "keep the secret in Secrets Manager and put its ARN in the parameter: name it …-arn",
  also: ["CKV2_AWS_34"],
  inspect: ({ body, ...rest }) => {
    const plain = body.type !== "SecureString" && namesSecret(String(body.name ?? ""));
    return complainIf(plain, { body, ...rest }, "type", body.type, "SecureString");
  },
});
