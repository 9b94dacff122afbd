import { engines, nodeTypeFault } from "../../src/core/cache-engines";
import { aboutSubnets } from "../../src/core/database-complaints";
import type { Complaint } from "../../src/core/invalid-props";
import { logDaysFault } from "../../src/core/log-days";
import {
  dailyBeside,
  dailyWindow,
  type Window,
  weeklyBeside,
  weeklyWindow,
  windowsOverlap,
} from "../../src/core/rds-windows";
import { isWhole } from "../../src/core/whole";
import type { CacheProps } from "./props";

type Checked = CacheProps &
  Required<Pick<CacheProps, "engine" | "version" | "nodes" | "transitEncryption" | "snapshotDays" | "logDays">>;

/** ElastiCache refuses shorter ones. */
const shortestWindowMinutes = 60;

/** Everything wrong with the props that can be known without asking AWS, in the order of the props. */
export function* complaintsAbout(props: Checked): Generator<Complaint> {
  yield* aboutName(props);
  yield* aboutSubnets(props.placement.subnetIds);
  yield* aboutEngine(props);
  yield* aboutNodes(props);
  if (props.userGroupId !== undefined && props.transitEncryption !== "required") {
    const fix = "a client would send its password in clear text: require TLS, or leave userGroupId out";
    yield { prop: "userGroupId", got: props.userGroupId, want: 'left out unless transitEncryption is "required"', fix };
  }
  if (!isWhole(props.snapshotDays, 1, 35)) {
    const fix = 'to drop the data with the stack, set onRemoval to "destroy" instead of 0 snapshots';
    yield { prop: "snapshotDays", got: props.snapshotDays, want: "between 1 and 35", fix };
  }
  yield* aboutWindows(props);
  const fault = logDaysFault(props.logDays);
  if (fault) yield { prop: "logDays", got: props.logDays, ...fault };
}

function* aboutName({ name }: Checked): Generator<Complaint> {
  if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > 40) {
    const want = "1 to 40 lower-case letters, digits and single hyphens, the first a letter and the last no hyphen";
    yield {
      prop: "name",
      got: name,
      want,
      fix: "it becomes the id of the replication group and part of its host name",
    };
  }
}

function* aboutEngine({ engine, version, nodeType }: Checked): Generator<Complaint> {
  const facts = Object.hasOwn(engines, engine) ? engines[engine] : undefined;
  if (!facts) {
    const fix = "Memcached replicates nothing, and fails over to nothing";
    return yield { prop: "engine", got: engine, want: Object.keys(engines).join(" or "), fix };
  }
  const versions: readonly string[] = facts.versions;
  if (!versions.includes(version)) {
    const fix = `give major and minor version as quoted text: "${facts.usual}"`;
    yield { prop: "version", got: version, want: `one of ${versions.join(", ")}`, fix };
  }
  const fault = nodeTypeFault(nodeType);
  if (fault) yield { prop: "nodeType", got: nodeType, ...fault };
}

function* aboutNodes({ nodes, zones }: Checked): Generator<Complaint> {
  if (!isWhole(nodes, 2, 6)) {
    const fix = "a failover needs a replica in another zone, and a group has five replicas at most";
    yield { prop: "nodes", got: nodes, want: "a whole number from 2 to 6", fix };
  }
  if (zones !== undefined && (zones.length !== nodes || new Set(zones).size < 2)) {
    const fix = "name the primary's zone first, then those of the replicas, or leave zones out";
    yield { prop: "zones", got: zones, want: `${nodes} zones, one per node, of which two differ`, fix };
  }
}

function* aboutWindows({ snapshotWindow, maintenanceWindow }: Checked): Generator<Complaint> {
  const daily = snapshotWindow === undefined ? undefined : dailyWindow(snapshotWindow);
  const weekly = maintenanceWindow === undefined ? undefined : weeklyWindow(maintenanceWindow);
  const tooShort = (window: Window | undefined) => !window || window.length < shortestWindowMinutes;
  if (snapshotWindow !== undefined && tooShort(daily)) {
    const want = `a daily window of at least ${shortestWindowMinutes} minutes, as hh:mm-hh:mm in UTC`;
    return yield { prop: "snapshotWindow", got: snapshotWindow, want, fix: "for example 03:00-04:00" };
  }
  if (maintenanceWindow !== undefined && tooShort(weekly)) {
    const want = `a weekly window of at least ${shortestWindowMinutes} minutes, as ddd:hh:mm-ddd:hh:mm in UTC`;
    return yield { prop: "maintenanceWindow", got: maintenanceWindow, want, fix: "for example sun:04:30-sun:05:30" };
  }
  const clash = daily && weekly ? windowsOverlap(daily, weekly) : false;
  if (clash || (weekly && !dailyBeside(weekly))) {
    const want = "apart from the snapshot window, which comes every day";
    const fix = `for example ${weeklyBeside(daily ?? dailyWindow("03:00-04:00")!) ?? "a shorter one"}`;
    yield { prop: "maintenanceWindow", got: maintenanceWindow, want, fix };
  } else if (daily && !weeklyBeside(daily)) {
    const want = "short enough to leave an hour for maintenance";
    yield { prop: "snapshotWindow", got: snapshotWindow, want, fix: "for example 03:00-04:00" };
  }
}
