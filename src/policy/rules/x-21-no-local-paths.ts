import { eachText } from "../../core/terraform-json";
import { type Complaint, rule } from "../rule";

const home = /^(?:\/(?:home|Users|root|tmp|private|mnt|workspace|builds)\/|\/var\/folders\/|[A-Za-z]:[\\/]|\\\\)/;
const readsFile =
  /(?<!\$)\$\{[^}]*\b(?:file|filebase64|templatefile|filemd5|filesha256|fileset)\(\s*\\?"(?:\/|[A-Za-z]:)/;

/** Paths inside a container or on a machine of AWS, which only look alike. */
const elsewhere = new Set(["host_path", "mount_point", "container_path", "root_directory", "device_name"]);

export const x21 = rule({
  id: "X-21",
  title: "the output names no folder of the machine that made it",
  severity: "medium",
  types: ["*"],
  why: "on the next machine Terraform finds nothing there, or plans a change that nobody made",
  fix: "copy the file into the output and name it relative to the stack's folder, or write its content",
  check: (doc) => {
    const complaints: Complaint[] = [];
    for (const entry of doc.entries) {
      eachText(entry.body, (text, key, path) => {
        const local = (home.test(text) && !elsewhere.has(key)) || (text.includes("file") && readsFile.test(text));
        if (local) complaints.push({ at: entry, argument: path(), given: text, wanted: "no absolute local path" });
      });
    }
    return complaints;
  },
});
