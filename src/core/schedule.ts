/** What is wrong with a schedule, and how to repair it. */
export interface ScheduleFault {
  readonly want: string;
  readonly fix: string;
}

const form = "at(yyyy-mm-ddThh:mm:ss), or cron(minutes hours day-of-month month day-of-week year)";

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min` on. */
  readonly words?: readonly string[];
  /** What else may stand alone. */
  readonly alone?: RegExp;
}

const fields: readonly Field[] = [
  { name: "minutes", min: 0, max: 59 },
  { name: "hours", min: 0, max: 23 },
  { name: "day-of-month", min: 1, max: 31, alone: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: "month", min: 1, max: 12, words: months },
  { name: "day-of-week", min: 1, max: 7, words: weekdays, alone: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: "year", min: 1970, max: 2199 },
];

/**
 * Nothing for a schedule that Application Auto Scaling takes: one moment, or AWS's form of cron, which has six fields and wants a
 * question mark for one of the two kinds of day.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function scheduleFault(schedule: string): ScheduleFault | undefined {
  const at = /^at\((.*)\)$/.exec(schedule);
  if (at) return momentFault(at[1]!);
  const cron = /^cron\((.*)\)$/.exec(schedule);
  if (cron) return cronFault(cron[1]!);
  return { want: form, fix: "write for example cron(0 7 ? * MON-FRI *)" };
}

function momentFault(text: string): ScheduleFault | undefined {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? new Date(`${text}Z`) : undefined;
  // The 30th of February becomes a day of March.
  if (moment && !Number.isNaN(moment.getTime()) && moment.toISOString() === `${text}.000Z`) return undefined;
  const fix = "write for example at(2027-03-01T08:00:00), without a zone: that is timeZone";
  return { want: "a day and a time that exist", fix };
}

function cronFault(text: string): ScheduleFault | undefined {
  const values = text.split(" ");
  if (values.length !== fields.length) {
    const fix = "add the year at the end, * for each, and write ? for the day that does not matter";
    return { want: `six fields with one space between them: ${fields.map(({ name }) => name).join(", ")}`, fix };
  }
  const wrong = fields.findIndex((field, i) => !takes(field, values[i]!));
  if (wrong >= 0) return fieldFault(fields[wrong]!, values[wrong]!);
  if ((values[2] === "?") === (values[4] === "?")) {
    const want = "? for day-of-month or for day-of-week, and for one of them only";
    return { want, fix: values[2] === "?" ? "write * for day-of-month" : "write ? for the one that does not matter" };
  }
  return undefined;
}

function fieldFault({ name, min, max, words }: Field, value: string): ScheduleFault {
  const named = words ? `, or ${words[0]} to ${words.at(-1)}` : "";
  const want = `${name} as *, numbers from ${min} to ${max}${named}, lists with commas, ranges with - or steps with /`;
  return { want, fix: `correct ${JSON.stringify(value)}` };
}

function takes(field: Field, value: string): boolean {
  if (field.alone?.test(value)) return true;
  return value.split(",").every((item) => {
    const [range = "", step, ...more] = item.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
    if (range === "*") return true;
    const ends = range.split("-").map((end) => numberOf(field, end));
    return ends.length <= 2 && ends.every((end) => end !== undefined) && ends[0]! <= (ends[1] ?? ends[0])!;
  });
}

function numberOf({ min, max, words = [] }: Field, text: string): number | undefined {
  const word = words.indexOf(text.toUpperCase());
  if (word >= 0) return min + word;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

/** Whether it is a time zone by its canonical name, such as `Europe/Paris`: those follow summer time. */
export function isTimeZone(zone: string): boolean {
  if (zone === "UTC") return true;
  if (!/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+-]+){1,2}$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
