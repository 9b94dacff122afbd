import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const r09 = rule({
  id: "R-09",
  title: "deployments of services can progress, and go back by themselves when they fail",
  severity: "high",
  types: ["aws_ecs_service"],
  why: "without circuit breaker ECS starts a broken task again and again; without room between minimum and maximum it starts none",
  fix: "write deployment_circuit_breaker with enable and rollback, and leave room for one task more or one less",
  inspect: (service) => {
    const { deployment_controller, scheduling_strategy, deployment_circuit_breaker } = service.body;
    const controller = blocks(deployment_controller)[0]?.type ?? "ECS";
    if (controller !== "ECS") return [];
    const [breaker] = blocks(deployment_circuit_breaker);
    const safe = same(breaker?.enable, true) && same(breaker?.rollback, true);
    const fallback = scheduling_strategy === "DAEMON" ? [0, 100] : [100, 200];
    const least = Number(service.body.deployment_minimum_healthy_percent ?? fallback[0]);
    const most = Number(service.body.deployment_maximum_percent ?? fallback[1]);
    const stuck = least >= most;
    return [
      ...complainIf(!safe, service, "deployment_circuit_breaker", breaker, "enable and rollback true"),
      ...complainIf(stuck, service, "deployment_maximum_percent", `${least} to ${most}`, "more than the minimum"),
    ];
  },
});
