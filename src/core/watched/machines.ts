import { type AlarmPlan, type Metric, quarterHour, type Watched } from "./watched";

const ofGroup = (group: string, name: string, statistic: string): Metric => ({
  ...{ namespace: "AWS/AutoScaling", name, statistic, dimensions: { AutoScalingGroupName: group } },
});

/** EC2's own metrics, of one machine or on average over a group. */
const ofMachines = (dimensions: Metric["dimensions"], name: string, statistic: string): Metric => ({
  ...{ namespace: "AWS/EC2", name, statistic, dimensions },
});

const busy = (dimensions: Metric["dimensions"], what: string): AlarmPlan => ({
  key: "cpu",
  title: "CPU, in percent",
  says: `${what} more than 90 % of the CPU.`,
  repair: "See what runs there; if it is the load, take a larger type or more machines.",
  of: ofMachines(dimensions, "CPUUtilization", "Average"),
  ...{ comparison: "above", threshold: 90, ...quarterHour, silence: "fine" },
});

const broken = (dimensions: Metric["dimensions"], silence: AlarmPlan["silence"]): AlarmPlan => ({
  key: "status",
  title: "Failed status checks",
  says: "EC2's status check of the machine fails, or it is not running.",
  repair:
    "EC2 recovers hardware by itself within minutes; if it does not, read the console's system log and replace it.",
  of: ofMachines(dimensions, "StatusCheckFailed", "Maximum"),
  ...{ comparison: "above", threshold: 0, period: 60, periods: 5, silence },
});

/** Machines of an Auto Scaling group that publishes its metrics. */
export function watchedFleet(group: string, { min, max }: { readonly min: number; readonly max: number }): Watched {
  const missing: AlarmPlan = {
    key: "missing",
    title: "Machines missing",
    says: "For a quarter of an hour fewer machines have been in service than should.",
    repair: "Read the group's activities: no capacity in a zone, an image that does not boot, or a hook that waits.",
    of: {
      expression: "desired - serving",
      label: "Machines missing",
      metrics: {
        desired: ofGroup(group, "GroupDesiredCapacity", "Average"),
        serving: ofGroup(group, "GroupInServiceInstances", "Average"),
      },
    },
    ...{ comparison: "above", threshold: 0, ...quarterHour, silence: "alarm" },
  };
  const atEnd: AlarmPlan = {
    key: "at-end",
    title: "Machines wanted",
    says: `For half an hour the group has had as many machines as it may, ${max}. What comes now waits.`,
    repair: "Raise max if the load is real; otherwise look for tasks that were never stopped.",
    of: ofGroup(group, "GroupDesiredCapacity", "Minimum"),
    ...{ comparison: "at least", threshold: max, period: 300, periods: 6, silence: "fine" },
  };
  // A group of a fixed size is always at its end.
  const alarms = [missing, ...(max > min ? [atEnd] : []), busy({ AutoScalingGroupName: group }, "The machines use")];
  return { alarms, graphs: [] };
}

/** A group of one machine, which brings it back. */
export function watchedSlot(group: string): Watched {
  const dimensions = { AutoScalingGroupName: group };
  const empty: AlarmPlan = {
    key: "missing",
    title: "Machines in service",
    says: "For a quarter of an hour there has been no machine: AWS did not manage to start another one.",
    repair: "Read the group's activities: its address or its volume may still be held, or the zone has no capacity.",
    of: ofGroup(group, "GroupInServiceInstances", "Maximum"),
    ...{ comparison: "below", threshold: 1, ...quarterHour, silence: "alarm" },
  };
  return { alarms: [empty, broken(dimensions, "fine"), busy(dimensions, "The machine uses")], graphs: [] };
}

/** One machine that nobody brings back. A machine that is stopped reports nothing. */
export function watchedMachine(instanceId: string): Watched {
  const dimensions = { InstanceId: instanceId };
  return { alarms: [broken(dimensions, "alarm"), busy(dimensions, "The machine uses")], graphs: [] };
}
