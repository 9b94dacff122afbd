import { isSwitch, namesSecret, secretIn } from "../../core/secret-text";
import { list } from "../../core/terraform-json";
import { rule } from "../rule";

export const dkr02 = rule({
  id: "DKR-02",
  title: "containers on this machine get secrets as files",
  severity: "critical",
  types: ["docker_container"],
  why: "the engine writes the environment down and shows it to everybody who may ask, and Terraform keeps it in its state",
  fix: "mount a file, and name it in the variable with _FILE at its end",
  inspect: (container) =>
    list(container.body.env).flatMap((line) => {
      const [name = "", ...rest] = String(line).split("=");
      const value = rest.join("=");
      const shape = secretIn(value);
      if (!shape && (isSwitch(value) || !namesSecret(name))) return [];
      const given = shape ?? `a value of ${value.length} characters`;
      return [{ at: container, argument: `env.${name}`, given, wanted: "a file" }];
    }),
});
