import { readSwarmStack, readSystemFiles, systemFile } from "../config";
import { type DashboardLocalFiles, dashboardLocalSettings } from "./dashboard-local";

/** @param root folder of the project: where the program was started from */
export function dashboardLocalFiles(root: string): DashboardLocalFiles {
  return {
    services: readSwarmStack(root, "systems/dashboard/docker-compose.yml", dashboardLocalSettings),
    schema: systemFile(readSystemFiles(root, "systems/dashboard/database"), "database.sql"),
    loader: systemFile(readSystemFiles(root, "systems/dashboard/local"), "init-database.sh"),
  };
}
