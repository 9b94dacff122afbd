import { isBlock } from "../../core/terraform-json";
import type { Doc, Entry } from "../doc";
import { rule } from "../rule";

const isEmpty = (value: unknown) => isBlock(value) && Object.keys(value).length === 0;

export const t6 = rule({
  id: "T-6",
  title: "no block is empty where Terraform wants a label",
  severity: "medium",
  types: ["*"],
  why: 'Terraform refuses "resource": {} with Missing block label, long after synthesis',
  fix: "leave the key out when nothing belongs under it",
  check: (doc) =>
    ["resource", "data", "provider", "variable", "output", "module"].flatMap((kind) => {
      const { [kind]: value } = doc.document;
      const empty = isBlock(value)
        ? Object.keys(value).filter((type) => isEmpty(value[type]) && kind !== "variable")
        : [];
      const found = isEmpty(value) ? [kind] : empty.map((type) => `${kind}.${type}`);
      return found.map((address) => ({ at: nowhere(doc, address), argument: address, given: {}, wanted: "no key" }));
    }),
});

const nowhere = (doc: Doc, address: string): Entry => ({
  ...{ stack: doc.stack, address, type: "*", name: address, body: {} },
});
