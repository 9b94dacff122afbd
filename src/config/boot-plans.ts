import * as z from "zod";
import { InvalidSystemFiles, readPlainText } from "./system-files";

/** What the machines of one kind need for their first boot, beside their settings. */
export interface BootPlan {
  /** Where a machine of this kind looks for its settings. */
  readonly settings: string;
  /** Files to write, in this order. */
  readonly files: readonly { readonly path: string; readonly text: string; readonly mode: "0644" | "0755" }[];
  /** What starts it all, as a program and its arguments. */
  readonly run: readonly [program: string, ...args: string[]];
}

const absolute = z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/);
const written = z.record(
  z.string(),
  z.strictObject({
    settings: absolute,
    files: z.array(
      z.strictObject({
        source: z.string().regex(/^systems(\/(?!\.)[A-Za-z0-9._-]+)+$/),
        path: absolute,
        permissions: z.enum(["0644", "0755"]),
      }),
    ),
    run: z.tuple([z.string().min(1)], z.string()),
  }),
);

/**
 * The boot plans of a system by kind of machine, with the files that they name.
 *
 * @param root folder of the project
 * @param path of the plans, relative to it, such as `systems/guestbook/boot/files.json`
 * @param kinds that must be there
 * @throws InvalidSystemFiles with all that is wrong
 */
export function readBootPlans<K extends string>(root: string, path: string, kinds: readonly K[]): Record<K, BootPlan> {
  const complaints: string[] = [];
  const plans = parse(readPlainText(root, path, complaints), path, complaints);
  for (const kind of kinds) {
    if (plans && !Object.hasOwn(plans, kind)) complaints.push(`${path}: want a plan for ${kind}, got none; add it`);
  }
  const read = Object.entries(plans ?? {}).map(([kind, { files, run, settings }]): [string, BootPlan] => {
    const texts = files.map(({ source, path: target, permissions }) => {
      return { path: target, text: readPlainText(root, source, complaints) ?? "", mode: permissions };
    });
    return [kind, { settings, files: texts, run: run as BootPlan["run"] }];
  });
  if (complaints.length > 0) throw new InvalidSystemFiles([...new Set(complaints)]);
  return Object.fromEntries(read) as Record<K, BootPlan>;
}

function parse(text: string | undefined, path: string, complaints: string[]): z.output<typeof written> | undefined {
  if (text === undefined) return undefined;
  try {
    const { data, error } = written.safeParse(JSON.parse(text));
    for (const issue of error?.issues ?? []) {
      complaints.push(`${path}: ${issue.path.join(".")}: ${issue.message}; compare it with the plans beside it`);
    }
    return data;
  } catch (error) {
    complaints.push(`${path}: want JSON, got text that is none; ${(error as Error).message}`);
    return undefined;
  }
}
