import leven from "leven";
import images from "../../packer/images.json";

/** What a machine image is made from: never a name alone, which anybody may give to an image of theirs. */
export interface BaseMachine {
  /** Pattern of the name; the newest that fits is taken. */
  readonly name: string;
  /** Account that publishes it. */
  readonly owner: string;
}

/** An image that Packer makes, as `packer/images.json` describes it to Packer and to the stacks alike. */
export interface BakedImage {
  /** What others start from it. A container image can have a machine image as its twin. */
  readonly kind: "container" | "machine";
  /** `<release of the software>-<build>`. Another one is another image: an image is never made twice. */
  readonly version: string;
  /**
   * A name that stays the same from version to version. The image of that name has to be withdrawn before the next one is
   * baked, which a script of the system does, and machines take the next one when they are replaced. For a system whose
   * document fixes the name; the version is then in the image's tags alone.
   * @default - `slipway-<role>-<version>`
   */
  readonly name?: string;
  readonly architecture: "x86_64" | "arm64";
  readonly base: Partial<BaseMachine> & { readonly image?: string };
}

export type ImageCatalogue = Readonly<Record<string, BakedImage>>;

/** A catalogue that nobody can bake from, with everything that is wrong in it. */
export class InvalidCatalogue extends Error {
  constructor(readonly complaints: readonly string[]) {
    super(`packer/images.json: ${complaints.join("; ")}`);
    this.name = "InvalidCatalogue";
  }

  /** What to print: a mistake of whoever wrote the catalogue, not of the program. */
  report(): string {
    return ["error: packer/images.json", ...this.complaints.map((complaint) => `  ${complaint}`)].join("\n");
  }
}

/** A role that the catalogue lacks. */
export class UnknownRole extends Error {
  constructor(role: string, known: readonly string[]) {
    const [nearest] = known.filter((name) => leven(name, role) <= 2).sort((a, b) => leven(a, role) - leven(b, role));
    const fix = nearest ? `did you mean "${nearest}"?` : `it has ${known.join(", ")}`;
    super(`packer/images.json has no role "${role}"; ${fix}`);
    this.name = "UnknownRole";
  }
}

/** A catalogue as it was written, once everything in it has been checked. */
export function readCatalogue(written: Readonly<Record<string, unknown>>): ImageCatalogue {
  const complaints = Object.entries(written).flatMap(([role, image]) =>
    complaintsAbout(role, image as Partial<BakedImage>).map((complaint) => `${role}: ${complaint}`),
  );
  const names = Object.values(written).map((image) => (image as Partial<BakedImage>).name);
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twice) complaints.push(`two roles have the name ${twice}; each image needs one of its own`);
  if (complaints.length > 0) throw new InvalidCatalogue(complaints);
  return written as ImageCatalogue;
}

let checked: ImageCatalogue | undefined;

/** The catalogue of this checkout. Checked when it is first asked for, so that a mistake in it can be reported as one. */
export function imageCatalogue(): ImageCatalogue {
  checked ??= readCatalogue(images);
  return checked;
}

/** What the catalogue says of a role. */
export function bakedImage(role: string, catalogue: ImageCatalogue = imageCatalogue()): BakedImage {
  const image = Object.hasOwn(catalogue, role) ? catalogue[role] : undefined;
  if (!image) throw new UnknownRole(role, Object.keys(catalogue));
  return image;
}

/**
 * Exact name of a role's image: the one that Packer bakes, and the one that a launch template looks up.
 *
 * @example imageName("mysql") // "slipway-mysql-10.11-1"
 */
export function imageName(role: string, catalogue: ImageCatalogue = imageCatalogue()): string {
  const { name, version } = bakedImage(role, catalogue);
  return name ?? `slipway-${role}-${version}`;
}

function complaintsAbout(role: string, { kind, version, name: fixed, architecture, base }: Partial<BakedImage>) {
  const { image, name, owner } = base ?? {};
  return [
    // AWS takes up to 128 characters as the name of an image, of which these are the harmless ones.
    ...(/^[a-z][a-z0-9-]{0,39}$/.test(role) ? [] : ["a role is written in lower case letters, digits and dashes"]),
    ...(kind === "container" || kind === "machine" ? [] : [`kind must be "container" or "machine", got ${text(kind)}`]),
    ...(/^[0-9][0-9.]*-[1-9][0-9]*$/.test(`${version}`)
      ? []
      : [`version must be <release>-<build> such as 1.4-1, got ${text(version)}`]),
    // What starts like our other names could be taken for one of them, or collide with one.
    ...(fixed === undefined || /^(?!slipway-)[a-z][a-z0-9-]{2,127}$/.test(`${fixed}`)
      ? []
      : [
          `name must be 3 to 128 lower case letters, digits and dashes, not starting with slipway-, got ${text(fixed)}`,
        ]),
    ...(architecture === "x86_64" || architecture === "arm64"
      ? []
      : [`architecture must be "x86_64" or "arm64", got ${text(architecture)}`]),
    ...(kind === "container" && !image ? ["base.image is missing: the container image to start from"] : []),
    ...(kind === "machine" && !name ? ["base.name is missing: the pattern of the machine image to start from"] : []),
    ...(name && !/^([0-9]{12}|amazon|self)$/.test(owner ?? "")
      ? [
          `base.owner must be the account that publishes ${name}, got ${text(owner)}; anybody can publish under that name`,
        ]
      : []),
  ];
}

const text = (value: unknown) => JSON.stringify(value) ?? "nothing";
