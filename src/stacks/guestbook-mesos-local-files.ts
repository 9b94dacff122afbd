import { readSystemFiles, systemFile } from "../config";
import type { GuestbookMesosLocalFiles } from "./guestbook-mesos-local";

/** @param root folder of the project: where the program was started from */
export function guestbookMesosLocalFiles(root: string): GuestbookMesosLocalFiles {
  return {
    app: JSON.parse(systemFile(readSystemFiles(root, "systems/guestbook-mesos/deploy"), "guestbook.json")),
    version: systemFile(readSystemFiles(root, "systems/guestbook-mesos/app"), "version").trim(),
  };
}
