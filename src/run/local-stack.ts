import type { ImageRecipe, SecretRecipe } from "../core/local-recipes";
import { asBlock, type Block, blocks, foundIn } from "../core/terraform-json";

/** An image to make, under its full name. */
export interface OwnImage {
  readonly name: string;
  readonly recipe: ImageRecipe;
}

export interface Container {
  readonly name: string;
  /** What others call it, and the description. */
  readonly service: string;
  /** Seconds that it may take to become healthy. */
  readonly patience: number;
}

/** What the JSON of a stack for a Docker engine tells us beyond what Terraform reads. */
export interface LocalStack {
  readonly ownImages: readonly OwnImage[];
  readonly containers: readonly Container[];
  /** Names of its volumes on the engine. */
  readonly volumes: readonly string[];
  readonly secrets: Readonly<Record<string, SecretRecipe>>;
}

/** Whether a stack is for a Docker engine and not for AWS. */
export function isLocal(document: object): boolean {
  return blocks(asBlock(asBlock(document).provider).docker).length > 0;
}

export function readLocalStack(document: object): LocalStack {
  const found = [...foundIn(document as Block, "resource")].map(({ type, body }) => ({ type, body: asBlock(body) }));
  const all = (type: string) => found.filter((each) => each.type === type).map(({ body }) => body);
  const ownImages = all("docker_image").flatMap((image) => {
    const recipe = asBlock(image["//"]).build;
    return recipe ? [{ name: String(image.name), recipe: recipe as ImageRecipe }] : [];
  });
  const containers = all("docker_container").map(({ name, labels, wait_timeout: patience }) => {
    const service = blocks(labels).find(({ label }) => label === "slipway.service")?.value;
    return { name: String(name), service: String(service ?? name), patience: Number(patience ?? 120) };
  });
  const volumes = all("docker_volume").map(({ name }) => String(name));
  const { secrets_folder: folder } = asBlock(asBlock(document).variable);
  const secrets = asBlock(asBlock(asBlock(folder)["//"]).secrets) as Record<string, SecretRecipe>;
  return { ownImages, containers, volumes, secrets };
}
