import { assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseWindows, dailyWindow, weeklyWindow, windowsOverlap } from "./rds-windows";

const two = (value: number) => `${value}`.padStart(2, "0");
const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const instant = (minute: number) => `${days[Math.floor(minute / 1440)]}:${clock(minute % 1440)}`;

describe("a window", () => {
  it.each([
    ["03:00-04:00", { start: 180, length: 60 }],
    ["23:30-00:30", { start: 1410, length: 60 }],
  ])("reads %s, every day", (text, window) => expect(dailyWindow(text)).toEqual(window));

  it.each([
    ["mon:00:00-mon:00:30", { start: 0, length: 30 }],
    ["sun:23:30-mon:00:30", { start: 10_050, length: 60 }],
  ])("reads %s, once a week", (text, window) => expect(weeklyWindow(text)).toEqual(window));

  it.each([
    "",
    "3:00-4:00",
    "24:00-01:00",
    "03:60-04:00",
    "03:00",
    "03:00-04:00 ",
    "sun:03:00-sun:04:00",
  ])("does not read %j as a daily one", (text) => expect(dailyWindow(text)).toBeUndefined());

  it.each([
    "",
    "Mon:03:00-Mon:04:00",
    "monday:03:00-monday:04:00",
    "sun:03:00-04:00",
    "xyz:03:00-sun:04:00",
  ])("does not read %j as a weekly one", (text) => expect(weeklyWindow(text)).toBeUndefined());

  it.each([
    ["03:00-04:00", "sun:04:00-sun:05:00", false],
    ["03:00-04:00", "sun:03:30-sun:05:00", true],
    ["03:00-06:00", "wed:04:00-wed:04:30", true],
    ["23:30-00:30", "sun:00:00-sun:01:00", true],
    ["00:00-01:00", "sun:23:30-mon:00:30", true],
    ["12:00-13:00", "sat:20:00-sun:14:00", true],
  ])("%s and %s: shared time is %s", (daily, weekly, shared) => {
    expect(windowsOverlap(dailyWindow(daily)!, weeklyWindow(weekly)!)).toBe(shared);
  });

  it("keeps clear of the other where only the backup is chosen", () => {
    assert(
      property(integer({ min: 0, max: 1439 }), integer({ min: 30, max: 1200 }), (start, length) => {
        const backupWindow = `${clock(start)}-${clock((start + length) % 1440)}`;
        const chosen = chooseWindows({ backupWindow });
        expect(windowsOverlap(dailyWindow(backupWindow)!, weeklyWindow(chosen.maintenanceWindow!)!)).toBe(false);
      }),
    );
  });

  it("keeps clear of the other where only the maintenance is chosen", () => {
    assert(
      property(integer({ min: 0, max: 10_079 }), integer({ min: 30, max: 1200 }), (start, length) => {
        const maintenanceWindow = `${instant(start)}-${instant((start + length) % 10_080)}`;
        const chosen = chooseWindows({ maintenanceWindow });
        expect(windowsOverlap(dailyWindow(chosen.backupWindow!)!, weeklyWindow(maintenanceWindow)!)).toBe(false);
      }),
    );
  });

  it("is an hour of the night where none is chosen, the backup first", () => {
    expect(chooseWindows({})).toEqual({ backupWindow: "03:00-04:00", maintenanceWindow: "sun:04:30-sun:05:30" });
  });
});
