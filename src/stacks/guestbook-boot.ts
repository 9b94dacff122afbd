import { gzipSync } from "node:zlib";
import { Fn, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { BootPlan } from "../config";
import { type BootFile, cloudConfig } from "../core/cloud-config";
import { InvalidProps } from "../core/invalid-props";
import { literal } from "../core/literal";
import { userDataLimit } from "../core/user-data";

/** Where a value that only AWS knows will stand, and how long such an ARN or id is at most. */
const valueOfAws = /\$\{TfToken\[[^\]]*\]\}/g;
const valueBytes = 160;

const packedHere = ({ path, text, mode }: BootPlan["files"][number]): BootFile => {
  return { path, mode, packed: gzipSync(text).toString("base64") };
};

/**
 * Makes user data of boot plans: their files, packed by Terraform, the settings of the machine in plain text, and the command
 * that starts it all. A file that several plans have is there once.
 */
export class Boot extends Construct {
  private readonly packed = new Map<string, string>();

  /** @param home where a file belongs for which there is no room, in words */
  constructor(
    scope: Construct,
    id: string,
    private readonly home = "Puppet run into systems/guestbook/puppet",
  ) {
    super(scope, id);
  }

  /** @returns the user data that goes with settings, as often as wanted */
  userDataOf(plan: BootPlan): (settings: object) => string {
    const files = plan.files.map(({ path, text, mode }): BootFile => ({ path, mode, packed: this.pack(path, text) }));
    const whole = (contents: readonly BootFile[], settings: object) =>
      cloudConfig([...contents, { path: plan.settings, json: settings }], { run: [plan.run] });
    return (settings) => {
      this.weigh(whole(plan.files.map(packedHere), settings), plan);
      return whole(files, settings);
    };
  }

  /** EC2 would refuse it minutes into an apply; what Terraform packs is as long as what is packed here. */
  private weigh(userData: string, { settings }: BootPlan): void {
    const bytes = Buffer.byteLength(userData.replace(valueOfAws, "x".repeat(valueBytes)));
    if (bytes <= userDataLimit) return;
    const want = `at most ${userDataLimit} bytes with its files packed, beside ${settings}`;
    const fix = `move what a machine does not need before its first ${this.home}`;
    throw new InvalidProps(this, { prop: "userData", got: `about ${bytes} bytes`, want, fix });
  }

  /** By way of a local value: inside of a function call, each quote and line break would have to be written differently. */
  private pack(path: string, text: string): string {
    const id = path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "");
    const known = this.packed.get(id);
    if (known) return known;
    const packed = Fn.base64gzip(new TerraformLocal(this, id, literal(text)).asString);
    this.packed.set(id, packed);
    return packed;
  }
}
