/** What a visitor has written. */
export interface NewEntry {
  readonly name: string;
  readonly message: string;
}

/** What is wrong with each field, as a sentence for the visitor. */
export type Complaints = Partial<Record<keyof NewEntry, string>>;

export const limits = { name: 80, message: 2000 };

/** Bytes of a form that can hold an entry: each character may take four bytes, each written as `%xx`. */
export const maxFormBytes = (limits.name + limits.message) * 4 * 3 + 1024;

/** Control characters but for tab and line feed, and those that turn the direction of the text around them. */
const unprintable = /(?![\t\n])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a form says, in the one way in which it is stored; fields that are missing are empty. */
export function tidied(form: Readonly<Record<string, unknown>>): NewEntry {
  const text = (field: keyof NewEntry) => {
    const value = form[field];
    return typeof value === "string" ? value.normalize("NFC").replace(/\r\n?/g, "\n").trim() : "";
  };
  return { name: text("name"), message: text("message") };
}

/** What must change before the entry can be stored; empty when nothing must. */
export function complaintsAbout(entry: NewEntry): Complaints {
  const complaints: Complaints = {};
  for (const field of ["name", "message"] as const) {
    const complaint = complaintAbout(field, entry[field]);
    if (complaint) complaints[field] = complaint;
  }
  return complaints;
}

function complaintAbout(field: keyof NewEntry, text: string): string | undefined {
  const length = [...text].length;
  if (!visible.test(text)) return field === "name" ? "Please tell your name." : "Please write a message.";
  if (length > limits[field]) return `Please use at most ${limits[field]} characters; these are ${length}.`;
  if (unprintable.test(text)) return "Please remove the control characters in it.";
  if (field === "name" && /[\t\n]/.test(text)) return "Please write your name on one line.";
  return undefined;
}
