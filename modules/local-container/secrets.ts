import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { SecretRecipe } from "../../src/core/local-recipes";

/** A file on this machine that a container may read. Only its path is in the output and in the state. */
export interface LocalSecret {
  readonly source: string;
  /** How the file comes to be. */
  readonly recipe: SecretRecipe;
}

/**
 * The secrets of a stack: files of one folder, which whoever applies it names in the variable `secrets_folder`. Terraform reads
 * none of them. What the files hold is written beside the variable, as a comment, for the program that makes them.
 */
export class LocalSecrets extends Construct {
  private readonly folder: TerraformVariable;
  private readonly recipes: Record<string, SecretRecipe> = {};

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.folder = new TerraformVariable(this, "folder", {
      type: "string",
      nullable: false,
      description: "Folder with the secrets of this stack, absolute. slipway up makes it, and gives it.",
    });
    this.folder.overrideLogicalId("secrets_folder");
  }

  /** Random letters and digits, drawn once: volumes know them from then on. */
  letters(file: string, letters = 48): LocalSecret {
    return this.made(file, { letters });
  }

  /** A text in which `{{file}}` stands for what another file holds, such as a URL with a password. */
  text(file: string, text: string): LocalSecret {
    return this.made(file, { text });
  }

  private made(file: string, recipe: SecretRecipe): LocalSecret {
    this.recipes[file] = recipe;
    this.folder.addOverride("//", { secrets: { ...this.recipes } });
    return { source: `${this.folder.stringValue}/${file}`, recipe };
  }
}
