import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const r08 = rule({
  id: "R-08",
  title: "termination protection of capacity providers takes effect",
  severity: "medium",
  types: ["aws_ecs_capacity_provider"],
  why: "it does nothing without managed scaling, and AWS refuses it when the group does not protect new machines from scale-in",
  fix: "enable managed_scaling too, and write protect_from_scale_in = true on the group",
  inspect: (provider, doc) =>
    blocks(provider.body.auto_scaling_group_provider)
      .filter(({ managed_termination_protection }) => managed_termination_protection === "ENABLED")
      .flatMap(({ managed_scaling, auto_scaling_group_arn }) => {
        const { status } = blocks(managed_scaling)[0] ?? {};
        const group = doc.follow(auto_scaling_group_arn);
        const { protect_from_scale_in } = group?.body ?? { protect_from_scale_in: true };
        return [
          ...complainIf(status !== "ENABLED", provider, "managed_scaling.status", status, "ENABLED"),
          ...complainIf(
            !same(protect_from_scale_in, true),
            group ?? provider,
            "protect_from_scale_in",
            protect_from_scale_in,
            "true",
          ),
        ];
      }),
});
