import * as z from "zod";
import { containerPathFault } from "../../core/container-path";
import { expectations, flag, section, text } from "./field";

const coldDays = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;
const coldAfterDays = z
  .literal(coldDays)
  .describe("Days without a read after which a file moves to a class that is cheaper to keep. EFS knows only these.");
expectations.add(coldAfterDays, {
  code: "FILES_COLD",
  want: `one of ${coldDays.join(", ")}`,
  fix: "take the next larger one",
});

/** A file system beside the machines. */
export const files = section(
  "Files that the tasks of all machines share (EFS), billed by what is stored, read and written. Without it, files go with their task. Turned on, tasks start anew with empty folders; with onRemoval: keep, Terraform refuses to remove it.",
  {
    coldAfterDays: coldAfterDays.default(30),
    backups: flag("Whether AWS Backup takes a copy every day and keeps it for 35 days.").default(true),
  },
);

/** Where the tasks of a service find their files. */
export const sharedFiles = (path: string) =>
  text("Folder of the container that all tasks share. What the image has there cannot be seen.", {
    code: "FILES_PATH",
    want: "a folder of the container",
    check: (value) => {
      const fault = containerPathFault(value);
      return fault && { code: "FILES_PATH", ...fault };
    },
  }).default(path);
