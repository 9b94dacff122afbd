import { Fn, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { literalAroundValues } from "../../src/core/literal-around-values";

/**
 * User data as launch templates take it. With values of other resources in it, Terraform encodes it, from a local value of
 * this id: inside a function call, each quote and line break would have to be written differently.
 */
export function encodedUserData(scope: Construct, id: string, text: string): string {
  if (!Token.isUnresolved(text)) return Buffer.from(text).toString("base64");
  return Fn.base64encode(new TerraformLocal(scope, id, literalAroundValues(text)).asString);
}
