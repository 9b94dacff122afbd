import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "a place that hides the container's programs",
    { wordpress: "files: {}", service: "files: { path: /usr }" },
    `
dev.yaml:10:42 FILES_PATH
  at    wordpress.services.shop.files.path
  got   "/usr"
  want  a folder that holds no programs or devices of the container
  fix   write for example /var/www/html/wp-content`,
  ],
  [
    "a place that is no folder",
    { wordpress: "files: {}", service: "files: { path: wp-content }" },
    `
dev.yaml:10:42 FILES_PATH
  at    wordpress.services.shop.files.path
  got   "wp-content"
  want  a folder of the container: names of letters, digits, _, . and -, each after a /
  fix   write for example /var/www/html/wp-content`,
  ],
  [
    "a folder of files that the system does not have (S2-W03)",
    { service: "files: {}" },
    `
dev.yaml:10:34 FILES_MISSING
  at    wordpress.services.shop.files
  got   an empty map
  want  the files of the system beside it, of which this is a folder
  fix   add files: {} to wordpress, or remove it here`,
  ],
  [
    "days that EFS does not know (bad input 92)",
    { wordpress: "files: { coldAfterDays: 31 }" },
    `
dev.yaml:8:27 FILES_COLD
  at    wordpress.files.coldAfterDays
  got   31
  want  one of 1, 7, 14, 30, 60, 90, 180, 270, 365
  fix   write 60`,
  ],
  [
    "a switch that is a word",
    { wordpress: "files: { backups: daily }" },
    `
dev.yaml:8:21 FLAG
  at    wordpress.files.backups
  got   "daily"
  want  true or false
  fix   write true or false`,
  ],
  [
    "more connections for the proxy than there are",
    { database: "proxy: { connectionsPercent: 101 }" },
    `
dev.yaml:5:65 PROXY_SHARE
  at    wordpress.database.proxy.connectionsPercent
  got   101
  want  a whole number from 1 to 100
  fix   write 100 or less`,
  ],
];

describe("mistakes in shared files and connections", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
