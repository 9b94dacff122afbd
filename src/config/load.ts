import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { check } from "./check";
import { type AnyEnvironment, complete, type Environment, isLocal } from "./complete";
import { deepFreeze } from "./frozen";
import { completeLocal, type LocalEnvironment } from "./local-complete";
import { type Fault, InvalidEnvironments, type Mistake } from "./mistakes";
import { nameFault } from "./names";
import { noteFaults, reporterOf } from "./report";
import { acrossRule, type Neighbour, rules } from "./rules";
import { type LocalNeighbour, localAcrossRule, localRule } from "./rules/local";
import { environment, type ParsedEnvironment } from "./shape/environment";
import { localEnvironment, type ParsedLocal } from "./shape/local";
import { parseYaml } from "./yaml/parse";
import { readText } from "./yaml/read-file";
import { quoted, type Tree } from "./yaml/tree";

/** A description that was read, of either kind. */
type Draft = (Neighbour & { target: "aws" }) | (LocalNeighbour & { target: "docker" });

/** Longest name of an environment: it is part of the names of everything in it. */
const longestName = 20;

/**
 * Reads every description `<name>.yaml` of a folder, in the order of their names.
 * @throws InvalidEnvironments with all mistakes of all files; nothing is returned then
 */
export function loadEnvironments(folder: string): AnyEnvironment[] {
  const mistakes: Mistake[] = [];
  const files = descriptionsIn(folder, mistakes).map((file) => join(folder, file));
  return accept(files, mistakes);
}

/**
 * Reads one description of AWS. What it must not have in common with others is not seen.
 * @throws InvalidEnvironments with all mistakes of the file
 */
export function loadEnvironment(file: string): Environment {
  const [found] = accept([file], []);
  if (isLocal(found!)) throw new Error(`${file} describes a local engine`);
  return found!;
}

/** The same for one description of a local engine. */
export function loadLocalEnvironment(file: string): LocalEnvironment {
  const [found] = accept([file], []);
  if (!isLocal(found!)) throw new Error(`${file} describes AWS`);
  return found;
}

function accept(files: readonly string[], mistakes: Mistake[]): AnyEnvironment[] {
  const drafts = files.flatMap((file) => read(file, mistakes) ?? []);
  acrossRule(drafts.filter((draft) => draft.target === "aws"));
  localAcrossRule(drafts.filter((draft) => draft.target === "docker"));
  if (mistakes.length > 0) throw new InvalidEnvironments(mistakes);
  // Nothing was wrong, so nothing was left out: the tolerant view is a whole environment.
  return drafts.map(({ target, view, name, file }) =>
    target === "aws"
      ? complete(view as ParsedEnvironment, name, file)
      : deepFreeze(completeLocal(view as ParsedLocal, name, file)),
  );
}

function read(path: string, mistakes: Mistake[]): Draft | undefined {
  const file = displayed(path);
  const name = basename(path).replace(/\.yaml$/, "");
  const wrongName = nameFault(name, longestName);
  if (wrongName)
    mistakes.push({ file, path: "", got: quoted(basename(path)), ...wrongName, fix: `${wrongName.fix}.yaml` });

  const found = readText(path);
  if ("fault" in found) {
    mistakes.push({ file, path: "", ...found.fault });
    return undefined;
  }
  const source = parseYaml(found.text);
  const report = reporterOf(file, source, mistakes);
  noteFaults(file, source, mistakes);
  if (source.tree?.kind === "scalar" && source.tree.value === null) {
    mistakes.push({ file, path: "", ...emptyFile });
    return undefined;
  }
  if (!source.tree) return undefined;
  if (saysDocker(source.tree)) {
    const other = { schema: environment, of: "an environment on AWS", fix: "remove it, or remove target: docker" };
    const view = check(localEnvironment, source.tree, report, other) ?? {};
    localRule(view, report);
    return { target: "docker", name, file, view, report };
  }
  const other = { schema: localEnvironment, of: "an environment with target: docker", fix: "remove it" };
  const view = check(environment, source.tree, report, other) ?? {};
  for (const rule of rules) rule(view, report, name);
  return { target: "aws", name, file, view, report };
}

/** What the file is about decides which keys it may have, so it is looked at before everything else. */
function saysDocker(tree: Tree): boolean {
  const said = tree.kind === "map" ? tree.entries.get("target")?.tree : undefined;
  return said?.kind === "scalar" && said.value === "docker";
}

const emptyFile = {
  code: "FILE_EMPTY",
  got: "no value",
  want: "a description",
  fix: "begin with region, as in environments/dev.yaml",
};

function descriptionsIn(folder: string, mistakes: Mistake[]): string[] {
  const file = displayed(folder);
  const refuse = (fault: Fault & { got: string }, at = file) => mistakes.push({ file: at, path: "", ...fault });
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const [got, want] = [existsSync(folder) ? "a file" : "nothing", "a folder of descriptions"];
    refuse({ code: "FILE_MISSING", got, want, fix: "name the folder that holds dev.yaml" });
    return [];
  }
  const files = readdirSync(folder).filter((name) => !name.startsWith("."));
  const found = files.filter((name) => name.endsWith(".yaml")).sort();
  const misnamed = files.filter((name) => /\.ya?ml$/i.test(name) && !name.endsWith(".yaml"));
  for (const name of misnamed) {
    const [want, fix] = [
      "a name that ends in .yaml: others are not read",
      `rename it to ${name.replace(/\.ya?ml$/i, ".yaml")}`,
    ];
    refuse({ code: "FILE_EXTENSION", got: quoted(name), want, fix }, displayed(join(folder, name)));
  }
  if (found.length === 0 && misnamed.length === 0) {
    refuse({ code: "FILE_NONE", got: "no file *.yaml", want: "a description or more", fix: "begin with dev.yaml" });
  }
  return found;
}

/** Relative to where the user is, and alike on every system. */
function displayed(path: string): string {
  return (relative("", path) || ".").split(sep).join("/");
}
