import type { IConstruct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import type { Capacity } from "./cluster-props";

// What CloudWatch Logs accepts, without its two longest.
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288];

/** Throws over a name or a retention that AWS would refuse. */
export function checkCluster(at: IConstruct, name: string, execLogDays: number): void {
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
    const fix = "name it after the system and its environment, such as wordpress-dev";
    throw new InvalidProps(at, {
      prop: "name",
      got: name,
      want: "1 to 255 letters, digits, dashes or underscores",
      fix,
    });
  }
  if (!retentions.includes(execLogDays)) {
    const want = `one of ${retentions.join(", ")}`;
    const fix = "take the next longer retention that CloudWatch Logs has";
    throw new InvalidProps(at, { prop: "execLogDays", got: execLogDays, want, fix });
  }
}

/** Throws over capacity that ECS would refuse, or could not manage. */
export function checkCapacity(at: IConstruct, { sizeManagedBy, generation }: Capacity, targetPercent: number): void {
  const refuse = (prop: string, got: unknown, want: string, fix: string): never => {
    throw new InvalidProps(at, { prop, got, want, fix });
  };
  if (sizeManagedBy !== "ecs") {
    const fix = "set it on the fleet: ECS protects machines with tasks from scale-in only where the group lets it";
    refuse("fleet.sizeManagedBy", sizeManagedBy, '"ecs"', fix);
  }
  if (/^(aws|ecs|fargate)/i.test(generation)) {
    const fix = "rename the fleet: AWS keeps these beginnings of a capacity provider's name to itself";
    refuse("fleet.generation", generation, "a name that begins with neither aws, ecs nor fargate", fix);
  }
  if (!(Number.isInteger(targetPercent) && targetPercent >= 1 && targetPercent <= 100)) {
    refuse("targetPercent", targetPercent, "a whole number from 1 to 100", "100 fills the machines before it adds one");
  }
}
