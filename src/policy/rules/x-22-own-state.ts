import { asBlock } from "../../core/terraform-json";
import { rule } from "../rule";

export const x22 = rule({
  id: "X-22",
  title: "every stack has a state of its own",
  severity: "critical",
  types: ["terraform"],
  why: "the second stack finds resources in the state that are not in its code, and destroys them",
  fix: "put the name of the stack into the backend's key, path or workspace",
  compare: (docs) => {
    const owners = new Map<string, string>();
    return docs
      .flatMap((doc) => doc.all("terraform"))
      .flatMap((at) => {
        const { backend, cloud } = at.body;
        const place = JSON.stringify([backend, cloud]);
        const owner = owners.get(place);
        owners.set(place, at.stack);
        const named = Object.keys(asBlock(backend)).length > 0 || cloud !== undefined;
        if (!named || owner === undefined) return [];
        return [{ at, argument: "backend", given: `the state of ${owner}`, wanted: "another key, path or workspace" }];
      });
  },
});
