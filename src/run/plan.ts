import { asBlock, type Block, blocks } from "../core/terraform-json";

/** What Terraform would do to a stack. */
export interface Plan {
  readonly stack: string;
  /** `3 to add, 1 to change, 1 to destroy`; what is replaced is added and destroyed. Nothing where nothing changes. */
  readonly summary?: string;
  /** What would not be there any more, or not as the same thing. */
  readonly losses: readonly Loss[];
  /** The command that shows all of it, as long as nobody has agreed or refused. */
  readonly look: string;
}

interface Loss {
  /** `replace` or `destroy`, and the address. */
  readonly text: string;
  /** Whether that is how such a thing changes, and nothing is missed. */
  readonly usual: boolean;
}

/** Never changed: each change is a new revision, and services leave the old one in order. */
const revisions = ["aws_ecs_task_definition"];

const still = ["no-op", "read"];

/** @param shown what `terraform show -json` says of the plan */
export function readPlan(shown: object): Pick<Plan, "summary" | "losses"> {
  const changes = blocks((shown as Block).resource_changes).map((change) => ({
    text: `${change.address}${change.deposed ? ` (deposed ${change.deposed})` : ""}`,
    type: String(change.type),
    actions: actionsOf(change),
  }));
  const count = (action: string) => changes.filter(({ actions }) => actions.includes(action)).length;
  const [add, change, destroy] = [count("create"), count("update"), count("delete")];
  const outputs = Object.values(asBlock((shown as Block).output_changes)).some((output) =>
    actionsOf({ change: output }).some((action) => action !== "no-op"),
  );
  const losses = changes.flatMap(({ text, type, actions }) => {
    if (!actions.includes("delete")) return [];
    const replaced = actions.includes("create");
    return [{ text: `${replaced ? "replace" : "destroy"} ${text}`, usual: replaced && revisions.includes(type) }];
  });
  const changing = outputs || changes.some(({ actions }) => actions.some((action) => !still.includes(action)));
  return { ...(changing && { summary: `${add} to add, ${change} to change, ${destroy} to destroy` }), losses };
}

const actionsOf = ({ change }: Block) => asBlock(change).actions as readonly string[];
