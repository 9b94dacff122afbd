import { limits } from "../limits";
import type { Fault } from "../mistakes";
import { invisible, quoted } from "./tree";

type TextFault = Fault & { readonly got: string };

/** Keys that every JavaScript object already has: assigned carelessly, they change all objects of the program. */
const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** What must not be in a key, whatever it means. */
export function keyFault(key: string): TextFault | undefined {
  if (forbiddenKeys.has(key)) {
    const want = "a key that is not a word of JavaScript itself";
    return { code: "KEY_FORBIDDEN", got: quoted(key), want, fix: "choose another name" };
  }
  if (key === "<<") {
    const want = "each key in its own map: YAML 1.2 does not merge maps";
    return { code: "YAML_MERGE", got: quoted(key), want, fix: "write the keys out" };
  }
  if (/[$%]\{/.test(key)) {
    const want = "a key without ${ and %{, which Terraform would evaluate";
    return { code: "KEY_TEMPLATE", got: quoted(key), want, fix: "write the key as plain text" };
  }
  return textFault(key);
}

/**
 * What must not be in any text: characters that nobody sees, since they end lines of configuration files early or make text
 * look like another. A tab and a line feed are seen.
 */
export function textFault(text: string): TextFault | undefined {
  if (text.length > limits.textLength) {
    const got = `text of ${text.length} characters`;
    return {
      code: "LIMIT_TEXT",
      got,
      want: `at most ${limits.textLength} characters`,
      fix: "keep long texts in the image",
    };
  }
  const found = invisible.exec(text)?.[0];
  if (found !== undefined) {
    const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    const want = "text without control and invisible characters";
    // The text around it may be a secret.
    return {
      code: "TEXT_CONTROL",
      got: `text with U+${code}`,
      want,
      fix: "remove the character, or type the line again",
    };
  }
  if (/[$#&]\{TfToken\[/.test(text)) {
    const want = "text that does not look like a CDKTF token";
    return { code: "TEMPLATE_TOKEN", got: "text with {TfToken[", want, fix: "write the value itself" };
  }
  return undefined;
}
