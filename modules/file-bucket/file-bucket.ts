import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import { literalAroundValues } from "../../src/core/literal-around-values";
import { shortHash } from "../../src/core/names";
import { filePathFault } from "../../src/core/object-keys";
import type { OnRemoval } from "../../src/core/removal";
import { closedBucket } from "../closed-bucket";

const formerVersionDays = 90;

type Files = Readonly<Record<string, string>>;

export interface FileBucketProps {
  /** First part of the bucket's name: the whole ends in a suffix of its own, as names are shared by all accounts of AWS. */
  readonly name: string;
  /** Text by path, such as `{ "manifests/site.pp": "node default { }" }`. It arrives as it is written here. */
  readonly files: Files;
  /**
   * The same, for text with values of other resources in it, such as a host name that is known only after apply.
   * @default - none
   */
  readonly filesWithValues?: Files;
  /**
   * Whether the bucket may go. While it is in the code, Terraform refuses to plan its end or replacement. Removed from the code
   * together with its files, it goes in either case: an apply deletes the files first, with all their versions, and AWS then only
   * keeps a bucket that somebody else has put something into. To keep them, take them out of Terraform's state before.
   * @default "keep"
   */
  readonly onRemoval?: OnRemoval;
}

/**
 * Text files for machines to fetch, in a bucket that is closed to everybody who is not allowed in. One object per file: a changed
 * file changes one object, and its version before can be had back for 90 days. A file that is left out is deleted with all its
 * versions: that is how Terraform deletes an object, and nothing of it can be had back but from where it was written.
 *
 * Everybody who may read the plan or the state reads the files: no secret belongs in them.
 */
export class FileBucket extends Construct {
  /** Name of the bucket. Known only after apply. */
  readonly bucket: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FileBucketProps) {
    super(scope, id);
    const { name, files, filesWithValues = {}, onRemoval = "keep" } = props;
    this.check(files, filesWithValues);

    const { bucket, ready } = closedBucket(this, {
      ...{ name, versions: true, onRemoval },
      expiry: { id: "former-versions", noncurrentVersionExpiration: [{ noncurrentDays: formerVersionDays }] },
    });
    this.bucket = bucket.bucket;
    this.arn = bucket.arn;
    for (const [path, text] of Object.entries(files)) this.file(path, literal(text), ready);
    for (const [path, text] of Object.entries(filesWithValues)) this.file(path, literalAroundValues(text), ready);
  }

  /** What a machine must be allowed in order to fetch all files: `aws s3 sync s3://… .` */
  get readStatements(): { readonly actions: readonly string[]; readonly resources: readonly string[] }[] {
    return [
      { actions: ["s3:ListBucket"], resources: [this.arn] },
      { actions: ["s3:GetObject"], resources: [`${this.arn}/*`] },
    ];
  }

  private file(key: string, content: string, dependsOn: ITerraformDependable[]): void {
    // The hash keeps apart what looks alike in an address: a/b and a-b.
    new S3Object(this, `file-${key.replace(/[^A-Za-z0-9]+/g, "-")}-${shortHash([key], 6)}`, {
      ...{ bucket: this.bucket, key, content, contentType: "text/plain; charset=utf-8" },
      // S3 takes ten tags for an object, and those of the provider may be more. The bucket has them.
      overrideProvider: { defaultTags: { tags: {} } },
      dependsOn,
    });
  }

  private check(files: Files, filesWithValues: Files): void {
    const paths = [...Object.keys(files), ...Object.keys(filesWithValues)];
    for (const path of paths) {
      const fault = filePathFault(path);
      if (fault) throw new InvalidProps(this, { prop: "files", got: path, ...fault });
    }
    const twin = paths.find((path, index) => paths.indexOf(path) !== index);
    if (twin !== undefined) {
      const [want, fix] = ["in one of files and filesWithValues", "leave it out of the other"];
      throw new InvalidProps(this, { prop: "files", got: twin, want, fix });
    }
  }
}
