import { describe, expect, it } from "vitest";
import { userDataFault } from "./user-data";

describe("user data", () => {
  it.each([
    "#!/bin/sh\n",
    "#cloud-config\nruncmd: []\n",
    "MIME-Version: 1.0\n",
    "## template: jinja\n#cloud-config\n",
  ])("may begin as in %j", (text) => expect(userDataFault(text)).toBeUndefined());

  it.each([
    ["echo hello\n", "text that begins as cloud-init knows it: #!, #cloud-config, MIME"],
    ["#cloud-config: no\n", "text that begins as cloud-init knows it: #!, #cloud-config, MIME"],
    ["", "text that begins as cloud-init knows it: #!, #cloud-config, MIME"],
    ["#!/bin/sh\r\necho\r\n", "free of NUL and carriage return"],
    ["#!/bin/sh\n\0", "free of NUL and carriage return"],
    [`#!/bin/sh\n${"é".repeat(8192)}`, "at most 16384 bytes"],
  ])("may not be %j", (text, want) => expect(userDataFault(text)).toMatchObject({ want }));
});
