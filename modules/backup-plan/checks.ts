import type { Complaint } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";
import type { BackupPlanProps } from "./props";

/** AWS keeps a copy for a hundred years at most. */
const mostDays = 36_500;

/** Everything wrong with the props that can be known without asking AWS. */
export function* complaintsAbout(props: BackupPlanProps): Generator<Complaint> {
  const { tags, kinds, keepDays = 35, monthlyKeepDays, hour = 1, lock, onRemoval } = props;
  if (Object.keys(tags).length !== 1) {
    const fix = "of several tags, AWS would take what carries any, and the role allows what carries all";
    yield { prop: "tags", got: tags, want: "one tag", fix };
  }
  if (kinds.length === 0) {
    yield { prop: "kinds", got: kinds, want: "at least one kind", fix: "leave the plan out where there is no data" };
  }
  if (!isWhole(keepDays, 1, mostDays)) {
    yield { prop: "keepDays", got: keepDays, want: `a whole number from 1 to ${mostDays}`, fix: "a month is 31" };
  } else if (monthlyKeepDays !== undefined && !isWhole(monthlyKeepDays, keepDays, mostDays)) {
    const [want, fix] = [`a whole number from ${keepDays} (keepDays) to ${mostDays}`, "a year is 365"];
    yield { prop: "monthlyKeepDays", got: monthlyKeepDays, want, fix };
  }
  if (!isWhole(hour, 0, 23)) {
    yield { prop: "hour", got: hour, want: "a whole hour from 0 to 23", fix: "write the hour in UTC" };
  }
  if (lock === "governance" && onRemoval === "destroy") {
    const fix = 'AWS deletes no vault with copies that are locked: write onRemoval "keep"';
    yield { prop: "lock", got: lock, want: "none where the copies may go", fix };
  }
}
