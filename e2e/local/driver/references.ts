import type { Json } from "../../support/stacks";

/** What Terraform would know of resources and variables: `docker_image.web.image_id` → its value. */
export type Values = ReadonlyMap<string, string>;

/** A value with its references filled in, and with what is escaped in it as it is meant. */
export function resolved<T>(value: T, values: Values): T {
  if (typeof value === "string") return text(value, values) as T;
  if (Array.isArray(value)) return value.map((each) => resolved(each, values)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [text(key, values), resolved(each, values)]),
  ) as T;
}

function text(template: string, values: Values): string {
  return template.replace(
    /(\$\$\{|%%\{)|([$%])\{([^}]*)\}/g,
    (_, escaped: string | undefined, kind: string, inside: string) => {
      if (escaped) return escaped.slice(1);
      const value = kind === "$" ? values.get(inside.trim()) : undefined;
      if (value === undefined) throw new Error(`the driver cannot work out ${kind}{${inside}}`);
      return value;
    },
  );
}

/** Resources in an order in which each comes after those that it waits for. */
export function inOrder(containers: Readonly<Record<string, Json>>): string[][] {
  const waves: string[][] = [];
  const done = new Set<string>();
  while (done.size < Object.keys(containers).length) {
    const wave = Object.entries(containers)
      .filter(([name, body]) => !done.has(name) && waitsFor(body).every((other) => done.has(other)))
      .map(([name]) => name);
    if (wave.length === 0) throw new Error("these containers wait for each other, or for one that is not there");
    for (const name of wave) done.add(name);
    waves.push(wave);
  }
  return waves;
}

function waitsFor({ depends_on: addresses = [] }: Json): string[] {
  return (addresses as string[])
    .filter((address) => address.startsWith("docker_container."))
    .map((address) => address.replace("docker_container.", ""));
}
