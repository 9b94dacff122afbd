import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";

/** An image pinned by its exact name: for production. A newer one comes when this name changes, and at no other time. */
export interface ImageByName {
  /** Exact name, without wildcards. */
  readonly name: string;
  /** Whose image: `amazon`, `self` or an account number. Anybody can publish an image under any name. */
  readonly owner: string;
  /**
   * Processor that the image must be built for.
   * @default - the one that the name stands for
   */
  readonly architecture?: "x86_64" | "arm64";
  /** Not used: a name means the image of the region that the provider works in. */
  readonly region?: string;
}

/**
 * The image that a public SSM parameter names: works in every region, but floats. Once AWS publishes a newer one, the next
 * plan shows it and the apply rolls it over the machines by instance refresh. Pin by name where that must wait for you.
 */
export interface ImageByParameter {
  /** Such as `/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id`. */
  readonly parameter: string;
  /** Not used: each region has the parameter. */
  readonly region?: string;
}

/** A map of images by region. Also the way to destroy machines whose image is gone: ids are never looked up. */
export interface ImageById {
  /** Region → AMI id: an image has another id in each region. */
  readonly ids: Readonly<Record<string, string>>;
  /** Region that the machines are in. */
  readonly region: string;
}

export type MachineImageSource = ImageByName | ImageByParameter | ImageById;

/** Where the image of machines comes from. Nothing exists after `apply` that was not there before: it is looked up. */
export class MachineImage extends Construct {
  /** AMI id; known at plan time only, unless it came from a map. */
  readonly amiId: string;

  constructor(scope: Construct, id: string, source: MachineImageSource) {
    super(scope, id);
    if ("name" in source) this.amiId = this.byName(source);
    else if ("parameter" in source) this.amiId = this.byParameter(source);
    else this.amiId = this.byId(source);
  }

  private byName({ name, owner, architecture }: ImageByName): string {
    if (!/^[a-zA-Z0-9()[\] ./'@_-]{3,128}$/.test(name)) {
      throw new InvalidProps(this, {
        prop: "name",
        got: name,
        want: "the exact name of an AMI: 3 to 128 letters, digits, spaces or ()[]./-'@_",
        fix: "write the full name without wildcards: a pattern would match a newer image one day",
      });
    }
    if (!/^(amazon|self|\d{12})$/.test(owner)) {
      throw new InvalidProps(this, {
        prop: "owner",
        got: owner,
        want: "amazon, self or an account number of 12 digits",
        fix: "name the account that publishes the image",
      });
    }
    const filters = { name, state: "available", ...(architecture ? { architecture } : {}) };
    // The provider's error says that a query found nothing, and not which: so the name is part of the address that it shows.
    return new DataAwsAmi(this, name.replace(/[^A-Za-z0-9-]+/g, "-"), {
      owners: [owner],
      // A name can be given twice within an account: without this, the second image would fail every plan.
      mostRecent: true,
      // A pinned image grows old. Two years on, AWS hides it from everybody but its owner, and still boots it.
      includeDeprecated: true,
      filter: Object.entries(filters).map(([key, value]) => ({ name: key, values: [value] })),
    }).id;
  }

  private byParameter({ parameter }: ImageByParameter): string {
    // AWS's `.../recommended` holds a JSON text about the image, `.../recommended/image_id` its id.
    if (!/^(\/[a-zA-Z0-9_.-]+)+(?<!\/recommended)$/.test(parameter)) {
      throw new InvalidProps(this, {
        prop: "parameter",
        got: parameter,
        want: "the full path of an SSM parameter that holds an AMI id",
        fix: "for an ECS machine write /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
      });
    }
    // `value` is marked as secret, which would hide from the plan that the image changes.
    return new DataAwsSsmParameter(this, "parameter", { name: parameter }).insecureValue;
  }

  private byId({ ids, region }: ImageById): string {
    for (const [key, amiId] of Object.entries(ids)) {
      if (/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(amiId)) continue;
      throw new InvalidProps(this, {
        prop: `ids.${key}`,
        got: amiId,
        want: "an AMI id: ami- and 8 or 17 hexadecimal digits",
        fix: "copy the id from the AMI's page in that region",
      });
    }
    const amiId = Object.hasOwn(ids, region) ? ids[region] : undefined;
    if (amiId === undefined) {
      throw new InvalidProps(this, {
        prop: "ids",
        got: Object.keys(ids),
        want: `a map with an image for ${region}`,
        fix: `add ${region}: an image has another id in each region`,
      });
    }
    return amiId;
  }
}
