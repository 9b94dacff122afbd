import * as z from "zod";
import type { Fault } from "../mistakes";
import { expectations, text } from "./field";

/** Characters that every AWS service takes in tags. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const inWords = "letters, digits, spaces and characters of _.:/=+-@";

function keyFault(key: string): Fault | undefined {
  if (/^(aws|slipway):/i.test(key)) {
    const owner = key.slice(0, key.indexOf(":"));
    return {
      code: "TAG_KEY_RESERVED",
      want: `a key without the prefix ${owner}:, which is taken`,
      fix: "choose another key",
    };
  }
  if (key.length > 128)
    return { code: "TAG_KEY_LONG", want: `at most 128 characters; it has ${key.length}`, fix: "shorten it" };
  if (key === "" || !characters.test(key))
    return { code: "TAG_CHARSET", want: `a key of ${inWords}`, fix: "write a key such as cost-center" };
  return undefined;
}

function valueFault(value: string): Fault | undefined {
  if (value.length > 256)
    return { code: "TAG_VALUE_LONG", want: `at most 256 characters; it has ${value.length}`, fix: "shorten it" };
  if (!characters.test(value)) return { code: "TAG_CHARSET", want: inWords, fix: "replace the other characters" };
  return undefined;
}

export const tagKey = z.string();
expectations.add(tagKey, { code: "TAG_CHARSET", want: "a key", check: keyFault });

export const tagValue = text("Value of the tag.", {
  code: "TAG_TYPE",
  want: "text",
  fix: "write text",
  check: valueFault,
});
