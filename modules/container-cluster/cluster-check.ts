import type { IConstruct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import { isWhole } from "../../src/core/whole";
import type { Capacity } from "./cluster-props";

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
  const fault = logDaysFault(execLogDays);
  if (fault) throw new InvalidProps(at, { prop: "execLogDays", got: execLogDays, ...fault });
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
  if (!isWhole(targetPercent, 1, 100)) {
    refuse("targetPercent", targetPercent, "a whole number from 1 to 100", "100 fills the machines before it adds one");
  }
}
