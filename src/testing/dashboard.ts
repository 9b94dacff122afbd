import { join } from "node:path";
import type { App } from "cdktf";
import { type Environment, readSystemFiles } from "../config";
import { DashboardStack } from "../stacks/dashboard";
import { inThrowAwayApp, type Synthesized } from "./synthesize";

const loaders = readSystemFiles(join(__dirname, "../.."), "systems/dashboard/database");

export function makeDashboard(app: App, environment: Environment): DashboardStack {
  return new DashboardStack(app, `dashboard-${environment.name}`, environment, environment.dashboard!, loaders);
}

export function dashboardOf(environment: Environment): Synthesized {
  return inThrowAwayApp((app) => makeDashboard(app, environment));
}
