import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const dkr06 = rule({
  id: "DKR-06",
  title: "containers on this machine are waited for until they are healthy",
  severity: "low",
  types: ["docker_container"],
  why: "what starts before its database is ready crashes, and an apply that waits for nothing says nothing",
  fix: "write a healthcheck, and wait = true",
  inspect: (container) => [
    ...complainIf(
      blocks(container.body.healthcheck).length === 0,
      container,
      "healthcheck",
      undefined,
      "a program that tells whether it does its work",
    ),
    ...complainIf(!same(container.body.wait, true), container, "wait", container.body.wait, "true"),
  ],
});
