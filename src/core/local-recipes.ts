/**
 * How a program makes what a stack for a Docker engine needs beforehand. Stacks write it down as comments of their JSON; `slipway
 * up` reads it there.
 */

/** An image that a Dockerfile makes. */
export interface DockerBuild {
  readonly by: "docker";
  /** Folder with the Dockerfile, relative to the project's root. */
  readonly context: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/** An image that a Packer template makes, and tags with the name that it is used by. */
export interface PackerBuild {
  readonly by: "packer";
  /** Folder of the template, relative to the project's root. */
  readonly template: string;
  /** Builds of the template to run. */
  readonly only: string;
  /** What of it to leave out. */
  readonly except: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** How an image is made that is in no registry. */
export type ImageRecipe = DockerBuild | PackerBuild;

/** What the content of a file of secrets is: so many random letters and digits, or a text in which `{{file}}` is another file. */
export type SecretRecipe = { readonly letters: number } | { readonly text: string };
