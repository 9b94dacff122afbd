import { Image } from "@cdktf/provider-docker/lib/image";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import type { ImageRecipe } from "../../src/core/local-recipes";

export interface LocalImageProps {
  /** Full reference, with a version: `localhost/shop:1.0.0`. */
  readonly name: string;
  /**
   * How it is made where it is missing. Terraform only takes it along, as a comment: `slipway up` builds it before.
   * @default - the engine pulls it from its registry
   */
  readonly build?: ImageRecipe;
}

/**
 * An image on the local Docker engine: what it has is taken, what it lacks is pulled. It stays there when the stack goes. Built
 * anew under the same name it has another id, and its containers are made anew.
 */
export class LocalImage extends Construct {
  /** Id of the content, known once the image is there. A name would not tell that it was built anew. */
  readonly imageId: string;

  constructor(scope: Construct, id: string, { name, build }: LocalImageProps) {
    super(scope, id);
    if (!/^[^@]+:(?!latest$)\w[\w.-]*$|@sha256:[0-9a-f]{64}$/.test(name)) {
      throw new InvalidProps(this, {
        prop: "name",
        got: name,
        want: "an image that stays the same: a reference with a version other than latest, or a digest",
        fix: "write for example docker.io/library/postgres:17",
      });
    }
    const image = new Image(this, "image", { name: literal(name), keepLocally: true });
    if (build) image.addOverride("//.build", build);
    this.imageId = image.imageId;
  }
}
