import { idOf } from "./diagram-areas";
import type { Kind } from "./diagram-nouns";
import { groupsOf, type Part } from "./diagram-parts";
import type { Line, Thing } from "./picture";
import type { Entry } from "./system";

/** Boxes that a group stands for in a drawing. */
const mostCarriers = 3;

export const world = ["0.0.0.0/0", "::/0"];

/** What is drawn so far. Lines between the same two are one line. */
export class Drawing {
  private readonly boxes = new Map<string, Thing>();
  private readonly drawn = new Map<string, Line & { readonly labels: Set<string> }>();
  private readonly byEntry = new Map<Entry, string>();
  private readonly byGroup = new Map<string, Set<string>>();
  private readonly strangers = new Map<string, string>();

  constructor(all: readonly (readonly Part[])[]) {
    for (const alike of all) {
      const { kind, detail, area } = alike[0]!;
      const names = [...new Set(alike.map(({ name }) => name))];
      const count = kind === "machines" && alike.length > 1 ? `${alike.length} × ` : "";
      const id = this.add(kind, [names.join(", "), ...(detail ? [`${count}${detail}`] : [])], area);
      for (const part of alike) {
        this.byEntry.set(part.entry, id);
        for (const group of groupsOf(part)) this.byGroup.set(group, (this.byGroup.get(group) ?? new Set()).add(id));
      }
    }
  }

  get things(): Thing[] {
    return [...this.boxes.values()];
  }

  get lines(): Line[] {
    return [...this.drawn.values()].map(({ labels, ...line }) => ({
      ...line,
      label: [...labels].sort(byNumber).join(", "),
    }));
  }

  private add(kind: Kind, label: readonly string[], area?: string): string {
    const base = idOf(kind, label[0]!);
    let id = base;
    for (let number = 2; this.boxes.has(id); number++) id = `${base}_${number}`;
    this.boxes.set(id, { id, kind, label, ...(area && { area }) });
    return id;
  }

  line(from: string | undefined, to: string | undefined, label: string, kind: Line["kind"]): void {
    if (!from || !to) return;
    const key = [from, to, kind].join("\n");
    const { labels } = this.drawn.get(key) ?? { labels: new Set<string>() };
    if (label) labels.add(label);
    this.drawn.set(key, { from, to, label, kind, labels });
  }

  of(entry: Entry | undefined): string | undefined {
    return entry && this.byEntry.get(entry);
  }

  /**
   * Who carries a security group; a box for the group itself, where no noun does, or so many that lines between all of them would hide
   * every other.
   */
  carriers(group: string): string[] {
    const known = this.byGroup.get(group);
    if (known && known.size > mostCarriers) return [this.strange("other", `every ${group.split("/").at(-1)}`)];
    return known ? [...known] : [this.strange("other", group.slice(group.indexOf("/") + 1))];
  }

  outside(range: string): string {
    return world.includes(range) ? this.strange("internet", "Internet") : this.strange("outside", range);
  }

  /** What is no resource of the system: one box, however often it is met. */
  private strange(kind: Kind, label: string): string {
    const id = this.strangers.get(label) ?? this.add(kind, [label]);
    this.strangers.set(label, id);
    return id;
  }
}

const byNumber = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
