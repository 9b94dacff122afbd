import type { Complaint } from "../../src/core/invalid-props";
import type { Settings } from "./settings";

/** `registry.example.com:5000/team/` */
const registry = /([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?\/)?/;
const repository = /[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*/;
const pin = /(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?/;
const reference = new RegExp(`^${registry.source}${repository.source}(?<pin>${pin.source})$`);

/** A reference that the machine could not pull, or one that leaves open which image it is. */
export function* imageComplaints({ image }: Settings): Iterable<Complaint> {
  // What another construct gives stands for a good name; at the end, it may well be the tag or the digest.
  const around = image.split(/\$\{TfToken\[[^\]]+\]\}/);
  if (around.length > 1 && around.at(-1) === "") return;
  const text = around.join("name");
  const found = reference.exec(text);
  if (found?.groups?.pin) return;
  yield {
    prop: "image",
    got: image,
    want: "<registry>/<repository>:<tag>, or @sha256:<64 digits> in place of the tag, the repository in lower case",
    fix: found ? "add the tag or the digest: without one, each machine decides by itself what to run" : "correct it",
  };
}
