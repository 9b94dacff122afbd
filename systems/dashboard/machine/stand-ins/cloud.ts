import { type Everything, Refused } from "./everything";

// biome-ignore lint/suspicious/noExplicitAny: requests and answers are AWS's own JSON
type Json = Record<string, any>;

/** What `aws` answers: secrets with versions, and instances with tags. */
export function aws(all: Everything, args: readonly string[], text: string): string | undefined {
  if (all.awsDown) throw new Refused("Could not connect to the endpoint URL");
  const action = actions[args[1]!];
  if (!action) throw new Refused(`unknown command: aws ${args.join(" ")}`);
  const answer = action(all, JSON.parse(text));
  return answer && JSON.stringify(answer);
}

const refuse = (code: string, operation: string, why: string) =>
  new Refused(`\nAn error occurred (${code}) when calling the ${operation} operation: ${why}`);

const actions: Record<string, (all: Everything, request: Json) => Json | undefined> = {
  "get-secret-value": (all, { SecretId }) => {
    const { versions, current } = all.secrets[SecretId as "join"];
    if (current === undefined) throw refuse("ResourceNotFoundException", "GetSecretValue", "it has no value");
    return { VersionId: current, SecretString: versions[current] };
  },
  "put-secret-value": (all, { SecretId, ClientRequestToken: token, SecretString }) => {
    const secret = all.secrets[SecretId as "join"];
    const held = secret.versions[token];
    if (held !== undefined && held !== SecretString) {
      throw refuse("ResourceExistsException", "PutSecretValue", "the token has another value");
    }
    // The same once more changes nothing: neither what it holds, nor which version is the current one.
    if (held === undefined) {
      secret.versions[token] = SecretString;
      secret.current = token;
    }
    return { VersionId: token };
  },
  "describe-instances": (all, { Filters }) => {
    const wanted: Record<string, string[]> = Object.fromEntries(Filters.map((each: Json) => [each.Name, each.Values]));
    const found = Object.entries(all.machines).filter(
      ([, { state, tags }]) =>
        wanted["instance-state-name"]!.includes(state) && wanted["tag:slipway:swarm"]!.includes(tags["slipway:swarm"]!),
    );
    const Instances = found.map(([InstanceId, { address: PrivateIpAddress, state: Name, tags }]) => {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return { InstanceId, PrivateIpAddress, State: { Name }, Tags };
    });
    return { Reservations: [{ Instances }] };
  },
  "create-tags": (all, { Resources, Tags }) => {
    for (const id of Resources) for (const { Key, Value } of Tags) all.machines[id]!.tags[Key] = Value;
    return undefined;
  },
  "complete-lifecycle-action": (all, { InstanceId, LifecycleHookName }) => {
    const machine = all.machines[InstanceId]!;
    if (machine.waitsFor !== LifecycleHookName) {
      throw refuse("ValidationError", "CompleteLifecycleAction", "No active Lifecycle Action found");
    }
    if (LifecycleHookName === "leave-swarm") machine.state = "terminated";
    machine.waitsFor = "";
    return {};
  },
};
