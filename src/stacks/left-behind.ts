import { TerraformElement, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Addresses that Terraform forgets, where its state has them, and whose resources stay as they are. */
class LeftBehind extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }
}

/**
 * For a part that a description has turned off: what it has made of these kinds stays in the account, and Terraform knows nothing of
 * it any more. Without this, `prevent_destroy` would go with the part, and a key with which something is still encrypted would end.
 *
 * The part is made, so that it has the addresses that it would have, and taken out again.
 */
export function leaveBehind(part: Construct, kinds: readonly { readonly tfResourceType: string }[]): void {
  const { scope, id } = part.node;
  const types = kinds.map(({ tfResourceType }) => tfResourceType);
  const addresses = part.node
    .findAll()
    .filter((node) => node instanceof TerraformResource)
    .filter(({ terraformResourceType }) => types.includes(terraformResourceType))
    .map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
  scope!.node.tryRemoveChild(id);
  new LeftBehind(scope!, id, addresses);
}
