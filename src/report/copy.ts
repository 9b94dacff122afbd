import { asBlock, blocks } from "../core/terraform-json";
import type { StackDocument } from "./system";

/** Whose things they are: what stands in ARNs and tags. */
export interface Copy {
  readonly system: string;
  readonly environment: string;
  /** `*` where the description names no account. */
  readonly account: string;
}

/** Whose stack it is, from the tags that it puts on everything: nothing for a stack of a Docker engine. */
export function copyOf({ document }: StackDocument): Copy | undefined {
  const [provider] = blocks(asBlock(asBlock(document).provider).aws);
  const [{ tags } = {}] = blocks(provider?.default_tags);
  const { "slipway:system": system, "slipway:environment": environment } = asBlock(tags);
  if (system === undefined || environment === undefined) return undefined;
  const accounts = [provider?.allowed_account_ids ?? []].flat().map(String);
  const account = accounts.length === 1 ? accounts[0]! : "*";
  return { system: String(system), environment: String(environment), account };
}

/** Stacks that the same tags say belong together. A stack without tags, as on Docker, is a copy by itself. */
export function byCopy(stacks: readonly StackDocument[]): StackDocument[][] {
  const found = new Map<string, StackDocument[]>();
  for (const stack of stacks) {
    const copy = copyOf(stack);
    const key = copy ? `${copy.system}\n${copy.environment}` : stack.name;
    found.set(key, [...(found.get(key) ?? []), stack]);
  }
  return [...found.values()];
}
