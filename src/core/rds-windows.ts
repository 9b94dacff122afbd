const days: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/** RDS refuses shorter windows. */
export const shortestWindowMinutes = 30;

/** A stretch of the week in minutes since Monday 00:00 UTC. `length` may reach over the end of the week. */
export interface Window {
  readonly start: number;
  readonly length: number;
}

/** `03:00-04:00`, every day; undefined where the text is no such window. */
export function dailyWindow(text: string): Window | undefined {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return between(minutes(from), minutes(to), dayMinutes);
}

/** `sun:04:30-sun:05:30`, once a week; undefined where the text is no such window. */
export function weeklyWindow(text: string): Window | undefined {
  const [, fromDay, from, toDay, to] = /^([a-z]{3}):(\d\d:\d\d)-([a-z]{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  return between(minutes(from, fromDay), minutes(to, toDay), weekMinutes);
}

/** Whether a daily and a weekly window ever share a minute. */
export function windowsOverlap(daily: Window, weekly: Window): boolean {
  return days.some((_, day) => {
    const start = daily.start + day * dayMinutes;
    return within(start, weekly, weekMinutes) || within(weekly.start, { ...daily, start }, weekMinutes);
  });
}

/** The windows asked for; one that is left out keeps clear of the other. */
export function chooseWindows(asked: { readonly backupWindow?: string; readonly maintenanceWindow?: string }) {
  const weekly = weeklyWindow(asked.maintenanceWindow ?? "");
  const backupWindow = asked.backupWindow ?? (weekly ? dailyBeside(weekly) : "03:00-04:00");
  const daily = dailyWindow(backupWindow ?? "");
  return { backupWindow, maintenanceWindow: asked.maintenanceWindow ?? (daily && weeklyBeside(daily)) };
}

/** An hour of each night beside the weekly window, from 03:00 UTC on; undefined where that window leaves no hour free. */
export function dailyBeside(weekly: Window): string | undefined {
  return hours(3)
    .map((hour) => `${clock(hour * 60)}-${clock(hour * 60 + 60)}`)
    .find((text) => !windowsOverlap(dailyWindow(text)!, weekly));
}

/** An hour of Sunday beside the daily window, from 04:30 UTC on; undefined where that window leaves no hour free. */
export function weeklyBeside(daily: Window): string | undefined {
  return hours(4)
    .filter((hour) => hour < 23)
    .map((hour) => `sun:${clock(hour * 60 + 30)}-sun:${clock(hour * 60 + 90)}`)
    .find((text) => !windowsOverlap(daily, weeklyWindow(text)!));
}

function within(minute: number, { start, length }: Window, round: number): boolean {
  return (minute - start + round) % round < length;
}

function between(start: number | undefined, end: number | undefined, round: number): Window | undefined {
  if (start === undefined || end === undefined) return undefined;
  return { start, length: (end - start + round) % round };
}

function minutes(time: string | undefined, day = "mon"): number | undefined {
  const [hour = 24, minute = 60] = (time ?? "").split(":").filter(Boolean).map(Number);
  const index = days.indexOf(day);
  return index < 0 || hour > 23 || minute > 59 ? undefined : index * dayMinutes + hour * 60 + minute;
}

function clock(minute: number): string {
  const two = (value: number) => `${value}`.padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

const hours = (first: number) => Array.from({ length: 24 }, (_, index) => (first + index) % 24);
