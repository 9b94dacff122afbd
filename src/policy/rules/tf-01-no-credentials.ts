import { complainIf, rule } from "../rule";

const secrets = ["access_key", "secret_key", "token"];
const elsewhere = ["shared_credentials_files", "shared_config_files", "profile"];

export const tf01 = rule({
  id: "TF-01",
  title: "providers hold no credentials",
  severity: "critical",
  types: ["provider.aws"],
  why: "they would be in the repository and in every copy of the output; and a profile exists on one machine only",
  fix: "let the environment give credentials: AWS_PROFILE, single sign-on, or the role of the CI machine",
  also: ["CKV_AWS_41"],
  inspect: (provider) => [
    ...secrets.flatMap((argument) =>
      complainIf(argument in provider.body, provider, argument, "a value (not shown)", "nothing"),
    ),
    ...elsewhere.flatMap((argument) =>
      complainIf(argument in provider.body, provider, argument, provider.body[argument], "nothing"),
    ),
  ],
});
