import { asBlock } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const dkr04 = rule({
  id: "DKR-04",
  title: "containers on this machine keep logs of a size that is written down",
  severity: "medium",
  types: ["docker_container"],
  why: "Docker's usual log grows until the disk is full, and settings of the engine that the code lacks make containers anew",
  fix: "write log_driver, and max-size and max-file in log_opts",
  inspect: (container) => {
    const { log_driver, log_opts } = container.body;
    const options = asBlock(log_opts);
    return [
      ...complainIf(
        !["json-file", "local"].includes(String(log_driver)),
        container,
        "log_driver",
        log_driver,
        "json-file",
      ),
      ...["max-size", "max-file"].flatMap((option) =>
        complainIf(options[option] === undefined, container, `log_opts.${option}`, options[option], "a bound"),
      ),
    ];
  },
});
