import {
  dailyBeside,
  dailyWindow,
  shortestWindowMinutes,
  type Window,
  weeklyBeside,
  weeklyWindow,
} from "../core/rds-windows";
import type { Fault } from "./mistakes";

const atLeast = `of at least ${shortestWindowMinutes} minutes`;

/** What speaks against a daily window of backups. */
export function dailyFault(text: string): Fault | undefined {
  const want = `a daily window ${atLeast} in UTC, as hh:mm-hh:mm`;
  const fix = "write for example 03:00-04:00";
  const window = longEnough(dailyWindow(text));
  if (window && weeklyBeside(window)) return undefined;
  return { code: "RDS_WINDOW", want: window ? `${want}, that leaves an hour for maintenance` : want, fix };
}

/** What speaks against a weekly window of maintenance. */
export function weeklyFault(text: string): Fault | undefined {
  const want = `a weekly window ${atLeast} in UTC, as ddd:hh:mm-ddd:hh:mm`;
  const fix = "write for example sun:04:30-sun:05:30";
  const window = longEnough(weeklyWindow(text));
  if (window && dailyBeside(window)) return undefined;
  return { code: "RDS_WINDOW", want: window ? `${want}, that leaves an hour of each night for backups` : want, fix };
}

function longEnough(window: Window | undefined): Window | undefined {
  return window && window.length >= shortestWindowMinutes ? window : undefined;
}
