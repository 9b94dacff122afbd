import { parseEmbedded } from "../embedded";
import { rule } from "../rule";
import { allPolicies } from "../statements";

export const x20 = rule({
  id: "X-20",
  title: "every policy and container list can be read before apply",
  severity: "medium",
  types: ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_role", "aws_ecs_task_definition"],
  why: "what nobody can read nobody has checked: the rules about policies and containers would pass it unseen",
  fix: "write the document as JSON in the code, or as data.aws_iam_policy_document; not by jsonencode() or file()",
  check: (doc) => [
    ...allPolicies(doc)
      .filter(({ statements }) => statements === undefined)
      .map(({ entry, argument, text }) => ({ at: entry, argument, given: text, wanted: "a JSON policy" })),
    ...doc
      .all("aws_ecs_task_definition")
      .filter(({ body }) => !Array.isArray(parseEmbedded(body.container_definitions)))
      .map((at) => ({
        ...{ at, argument: "container_definitions", given: at.body.container_definitions },
        wanted: "a JSON list of containers",
      })),
  ],
});
