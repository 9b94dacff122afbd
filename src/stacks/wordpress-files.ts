import type { Construct } from "constructs";
import { AccessPoint, FileSystem } from "../../modules/file-system";
import type { Environment, WordpressMysql } from "../config";
import type { ZonedPlacement } from "../core/placement";

/** `www-data` in the images of Debian, and so in WordPress's own. */
export const webServer = { uid: 33, gid: 33 };

/** Files of a system with one service, and its folder in them. */
export function filesOf(
  scope: Construct,
  name: string,
  placement: ZonedPlacement,
  { path, ...options }: NonNullable<WordpressMysql["files"]>,
  onRemoval: Environment["onRemoval"],
) {
  const fileSystem = new FileSystem(scope, "files", { name, placement, ...options, onRemoval });
  const { fileSystemId } = fileSystem;
  const accessPoint = new AccessPoint(scope, "wp-content", {
    ...{ name, fileSystemId, folder: "/wp-content", owner: webServer },
  });
  return { path, fileSystem, accessPoint };
}
