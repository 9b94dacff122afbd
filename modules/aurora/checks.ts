import { aboutIdentifier, aboutSubnets, aboutTime, aboutWords, isWhole } from "../../src/core/database-complaints";
import type { Complaint } from "../../src/core/invalid-props";
import type { AuroraProps } from "./props";

/**
 * Day on which `versions` was compared with what Aurora offers.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/Welcome.html
 */
const versionsAsOf = "2026-11-21";
const versions = ["8.0", "8.4"];

/** Members have the cluster's name, a dash and a number up to 16 as theirs, in 63 characters. */
const nameLimit = 63 - "-16".length;

type Checked = AuroraProps & Required<Pick<AuroraProps, "backupDays" | "logDays" | "readers">>;

/** Everything wrong with the props that can be known without asking AWS, in the order of the props. */
export function* complaintsAbout(props: Checked): Generator<Complaint> {
  const { name, placement, version, databaseName, user, readers, backtrackHours } = props;
  yield* aboutIdentifier(name, nameLimit, "cluster");
  yield* aboutSubnets(placement.subnetIds);
  if (!versions.includes(version)) {
    const fix = `give the version of MySQL as quoted text: "${versions.at(-1)}" (Aurora as of ${versionsAsOf})`;
    yield { prop: "version", got: version, want: `one of ${versions.join(", ")}`, fix };
  }
  yield* aboutWords("mysql", { databaseName, user, userLimit: 16 });
  yield* aboutCapacity(props);
  if (!isWhole(readers, 0, 15)) {
    yield { prop: "readers", got: readers, want: "a whole number from 0 to 15", fix: "0 leaves nobody to take over" };
  }
  if (backtrackHours !== undefined && !isWhole(backtrackHours, 1, 72)) {
    const fix = "leave it out for a cluster that is only restored from backups";
    yield { prop: "backtrackHours", got: backtrackHours, want: "a whole number from 1 to 72", fix };
  }
  yield* aboutTime(props);
}

function* aboutCapacity({ capacity }: Checked): Generator<Complaint> {
  if ("serverless" in capacity) {
    const { minAcu, maxAcu } = capacity.serverless;
    const halves = [minAcu, maxAcu].every((acu) => Number.isInteger(acu * 2));
    if (halves && minAcu >= 0 && minAcu <= maxAcu && maxAcu >= 1 && maxAcu <= 256) return;
    const want = "from 0 up to maxAcu, which is from 1 to 256, both in halves";
    const fix = "for example { minAcu: 0.5, maxAcu: 4 }";
    return yield { prop: "capacity.serverless", got: capacity.serverless, want, fix };
  }
  const { instanceClass } = capacity;
  if (!/^db\.(t3|t4g)\.(medium|large)$|^db\.([rx][2-9]\w*)\.(large|\d*xlarge)$/.test(instanceClass)) {
    const fix =
      instanceClass === "db.serverless"
        ? "write capacity: { serverless: { minAcu, maxAcu } } instead"
        : "Aurora MySQL runs on families t3, t4g, r and x, from medium on";
    yield { prop: "capacity.instanceClass", got: instanceClass, want: "a class of Aurora such as db.r7g.large", fix };
  }
}
