import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { isTimeZone, scheduleFault } from "./schedule";

describe("a schedule (S2-W08)", () => {
  it.each([
    "at(2027-03-01T08:00:00)",
    "at(2028-02-29T23:59:59)",
    "cron(0 7 ? * MON-FRI *)",
    "cron(0/15 8-18 * * ? *)",
    "cron(30 6,18 1 JAN,JUL ? 2027-2030)",
    "cron(0 0 L * ? *)",
    "cron(0 0 15W * ? *)",
    "cron(0 0 ? * 2#1 *)",
    "cron(0 0 ? * 6L *)",
    "cron(*/5 * * * ? *)",
  ])("can be %s", (schedule) => expect(scheduleFault(schedule)).toBeUndefined());

  it.each([
    ["0 7 * * 1-5", "at(yyyy-mm-ddThh:mm:ss), or cron(minutes"],
    ["rate(5 minutes)", "at(yyyy-mm-ddThh:mm:ss), or cron(minutes"],
    ["cron(0 7 * * 1-5)", "six fields"],
    ["cron(0 7  ? * MON-FRI *)", "six fields"],
    ["cron(0 7 * * MON-FRI *)", "? for day-of-month or for day-of-week"],
    ["cron(0 7 ? * ? *)", "? for day-of-month or for day-of-week"],
    ["cron(60 7 ? * MON-FRI *)", "minutes as *"],
    ["cron(0 24 ? * MON-FRI *)", "hours as *"],
    ["cron(0 7 32 * ? *)", "day-of-month as *"],
    ["cron(0 7 ? 13 MON *)", "month as *, numbers from 1 to 12, or JAN to DEC"],
    ["cron(0 7 ? * 0 *)", "day-of-week as *, numbers from 1 to 7, or SUN to SAT"],
    ["cron(0 7 ? * FRI-MON *)", "day-of-week as *"],
    ["cron(0 7 ? * MON 2200)", "year as *"],
    ["cron(0/0 7 ? * MON *)", "minutes as *"],
    ["at(2027-02-30T08:00:00)", "a day and a time that exist"],
    ["at(2027-03-01T08:00)", "a day and a time that exist"],
    ["at(2027-03-01T08:00:00Z)", "a day and a time that exist"],
  ])("cannot be %s", (schedule, want) => expect(scheduleFault(schedule)?.want).toContain(want));

  it("has a fix for every mistake", () => {
    expect(scheduleFault("cron(61 7 ? * MON *)")?.fix).toBe('correct "61"');
    expect(scheduleFault("cron(0 7 ? * ? *)")?.fix).toBe("write * for day-of-month");
  });

  it("is taken at any minute of any day of the week", () => {
    const day = constantFrom("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "1", "7");
    assert(
      property(tuple(integer({ min: 0, max: 59 }), integer({ min: 0, max: 23 }), day), ([minute, hour, weekday]) => {
        expect(scheduleFault(`cron(${minute} ${hour} ? * ${weekday} *)`)).toBeUndefined();
      }),
    );
  });
});

describe("a time zone", () => {
  it.each(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires", "Asia/Tokyo"])("can be %s", (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(["", "CET+1", "+01:00", "europe/paris", "Europe/Atlantis", "Paris"])("cannot be %j", (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});
