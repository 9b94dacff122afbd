import type { BakedImage, ImageCatalogue } from "../core/image-catalogue";
import { imageName } from "../core/image-catalogue";
import { blocks, list } from "../core/terraform-json";
import { columns } from "./columns";
import { type Entry, type StackDocument, System } from "./system";

/** A folder under `packer/` in which something is built. */
export interface Template {
  /** From the project's root, such as `packer/mysql`. */
  readonly folder: string;
  /** Text of its HCL files. */
  readonly text: string;
}

/** One role of the catalogue: what Packer bakes for it, and who starts what. */
export interface ImageReport {
  readonly role: string;
  readonly kind: BakedImage["kind"];
  /** Exact name of the AMI, or repository role and tag of the container image. */
  readonly name: string;
  /** Folder that bakes it. */
  readonly template?: string;
  /** Stacks that start it. */
  readonly stacks: readonly string[];
  /** What does not fit together; nothing where template, catalogue and stacks agree. */
  readonly flaws: readonly string[];
}

/** Whether each image that is baked is started, and each that is started is baked, under one name. */
export function images(
  catalogue: ImageCatalogue,
  templates: readonly Template[],
  stacks: readonly StackDocument[],
): readonly ImageReport[] {
  const used = [...machinesIn(catalogue, stacks), ...containersIn(stacks), ...onThisEngine(catalogue, stacks)];
  const described = Object.entries(catalogue).map(([role, { kind, version }]) => {
    const name = kind === "machine" ? imageName(role, catalogue) : `${role}:${version}`;
    const template = templates.find(({ text }) => roleOf(text) === role);
    const of = used.filter((use) => use.kind === kind && use.role === role);
    const strays = of.filter((use) => use.name !== name);
    const flaws = [
      ...(template ? [] : [`no template under packer/ bakes it`]),
      ...(of.length > 0 ? [] : ["no stack starts it"]),
      ...strays.map((use) => `${use.stack} starts ${use.name}, and the catalogue says ${name}`),
    ];
    return { role, kind, name, template: template?.folder, stacks: unique(of.map(({ stack }) => stack)), flaws };
  });
  return [...described, ...undescribed(catalogue, templates, used)];
}

/** The same, for a terminal. */
export function imagesTable(reports: readonly ImageReport[]): string {
  const rows = reports.map(({ role, name, template, stacks, flaws }) => [
    role,
    name,
    template ?? "-",
    stacks.join(", ") || "-",
    flaws.length === 0 ? "agree" : flaws.join("; "),
  ]);
  return columns([["role", "name", "template", "stacks", "state"], ...rows]).join("\n");
}

interface Use {
  readonly kind: BakedImage["kind"];
  readonly role: string;
  readonly name: string;
  readonly stack: string;
}

/** Templates and stacks that speak of roles which the catalogue lacks. */
function undescribed(catalogue: ImageCatalogue, templates: readonly Template[], used: readonly Use[]): ImageReport[] {
  const unknown = (role: string | undefined): role is string => role !== undefined && !Object.hasOwn(catalogue, role);
  const baked = templates.filter(({ text }) => unknown(roleOf(text)));
  const booted = used.filter(({ role }) => unknown(role));
  return unique([...baked.map(({ text }) => roleOf(text)!), ...booted.map(({ role }) => role)]).map((role) => ({
    role,
    kind: booted.find((use) => use.role === role)?.kind ?? "machine",
    name: booted.find((use) => use.role === role)?.name ?? "-",
    template: baked.find(({ text }) => roleOf(text) === role)?.folder,
    stacks: unique(booted.filter((use) => use.role === role).map(({ stack }) => stack)),
    flaws: ["packer/images.json has no such role"],
  }));
}

/** The role that a template bakes: it is the only thing that a template says about its name. */
function roleOf(text: string): string | undefined {
  return /^\s*role\s*=\s*"([^"]*)"/m.exec(text)?.[1];
}

/** Machine images of ours that are looked up by name. */
function machinesIn(catalogue: ImageCatalogue, stacks: readonly StackDocument[]): Use[] {
  return new System(stacks).all("data.aws_ami").flatMap(({ stack, body }: Entry) =>
    blocks(body.filter)
      .filter(({ name }) => name === "name")
      .flatMap(({ values }) => list(values).map(String))
      .flatMap((name) => {
        const role =
          Object.keys(catalogue).find((each) => imageName(each, catalogue) === name) ??
          /^slipway-([a-z][a-z0-9-]*?)-\d/.exec(name)?.[1];
        return role ? [{ kind: "machine" as const, role, name, stack }] : [];
      }),
  );
}

/** Container images that come from a platform's own registry; its repository is named after the role. */
function containersIn(stacks: readonly StackDocument[]): Use[] {
  const system = new System(stacks);
  return system.all("aws_ecs_task_definition").flatMap((entry) => {
    const images = [...String(entry.body.container_definitions).matchAll(/"image":"([^"]*\$\{[^"]*\}):([^"]*)"/g)];
    return images.flatMap(([, repository, tag]) =>
      system
        .resolve(repository, entry)
        .filter(({ type }) => type === "aws_ecr_repository")
        .map(({ body }) => String(body.name).split("/").at(-1)!)
        .map((role) => ({ kind: "container" as const, role, name: `${role}:${tag}`, stack: entry.stack })),
    );
  });
}

/** Container images of the catalogue on the Docker engine of this machine. What is built beside a system is no role of it. */
function onThisEngine(catalogue: ImageCatalogue, stacks: readonly StackDocument[]): Use[] {
  return new System(stacks).all("docker_image").flatMap(({ stack, body }: Entry) => {
    const [, role, tag] = /^localhost\/([^:/]+):(.+)$/.exec(String(body.name)) ?? [];
    if (role === undefined || catalogue[role]?.kind !== "container") return [];
    return [{ kind: "container" as const, role, name: `${role}:${tag}`, stack }];
  });
}

const unique = (texts: readonly string[]) => [...new Set(texts)];
