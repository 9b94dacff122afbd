import { didYouMean } from "../../core/did-you-mean";
import { memberNames } from "../../core/mesos-members";
import { majority } from "../../core/quorum";
import type { Report } from "../report";
import { type GuestbookMesosView, present } from "./rule";

/** Numbers of which each quorum would be destroyed by a wrong one. */
export function checkQuorums(view: GuestbookMesosView, report: Report): void {
  checkEnsemble(view, report);
  checkMasters(view, report);
  checkConsul(view, report);
  const atOnce = view.replacement?.atOnce;
  if (atOnce !== undefined && atOnce > 1) {
    const want = "1: with two members of three away, nobody has a majority";
    report(["replacement", "atOnce"], { code: "QUORUM_ROLLOUT", want, fix: "write 1, or leave it out" });
  }
}

const ensembleSizes = [3, 5, 7];
const masterSizes = [3, 5];
const nextSize = (sizes: readonly number[], count: number) => sizes.find((size) => size > count) ?? sizes.at(-1)!;

function checkEnsemble({ zookeeper }: GuestbookMesosView, report: Report): void {
  const { count, ids } = zookeeper ?? {};
  if (count === undefined) return;
  if (!ensembleSizes.includes(count)) {
    const want = "3, 5 or 7 members: an even one more survives no more, and two survive nothing";
    const fix = `write ${nextSize(ensembleSizes, count)}`;
    report(["zookeeper", "count"], { code: "ZK_ID", want, fix });
    return;
  }
  const names = memberNames("zk", count);
  const owners = new Map<number, string>();
  for (const name of names) if (!ids || !Object.hasOwn(ids, name)) owners.set(Number(name.slice(3)), name);
  for (const [name, id] of present(ids)) {
    const at = ["zookeeper", "ids", name];
    if (!names.includes(name)) {
      const meant = didYouMean(name, names);
      const fix = meant ? `did you mean ${meant}?` : "remove it";
      report(at, { code: "ZK_ID", want: `the name of a member: ${names.join(", ")}`, fix, on: "key" });
      continue;
    }
    const other = owners.get(id);
    if (other === undefined) owners.set(id, name);
    else {
      const want = `a number that no other member has: it is that of ${other}`;
      report(at, { code: "ZK_ID", want, fix: "give each its own, and never change that of a member that has data" });
    }
  }
}

function checkMasters({ masters }: GuestbookMesosView, report: Report): void {
  const { count, running } = masters ?? {};
  if (!masters || count === undefined) return;
  if (!masterSizes.includes(count)) {
    const want = "3 or 5 masters: an even one more survives no more, and one survives nothing";
    report(["masters", "count"], { code: "QUORUM_SIZE", want, fix: `write ${nextSize(masterSizes, count)}` });
    return;
  }
  // One that was written and is wrong is no default.
  if (masters.quorum === undefined && "quorum" in masters) return;
  const quorum = masters.quorum ?? majority(count);
  if (running) checkStep({ count, quorum }, running, report);
  else if (quorum !== majority(count)) {
    const want = `${majority(count)}, the majority of ${count} masters: with any other number their log is corrupted, or nobody decides`;
    const fix = `write ${majority(count)}, or leave it out; while the number of masters changes, say what runs in masters.running`;
    report(["masters", "quorum"], { code: "MESOS_QUORUM", want, fix });
  }
}

interface Step {
  readonly count: number;
  readonly quorum: number;
}

/**
 * From one number of masters to another: the quorum rises before there are more masters, and falls after there are less. In between,
 * every master is replaced, so that it knows.
 * @see https://mesos.apache.org/documentation/latest/operational-guide/
 */
function checkStep({ count, quorum }: Step, running: Partial<Step>, report: Report): void {
  const { count: before, quorum: formerly } = running;
  if (before === undefined || formerly === undefined) return;
  if (formerly < majority(before) || formerly > before) {
    const want = `a quorum that ${before} masters can run with: ${majority(before)} to ${before}`;
    report(["masters", "running", "quorum"], {
      code: "MESOS_QUORUM",
      want,
      fix: "write what their flag --quorum says",
    });
    return;
  }
  if (count !== before && quorum !== formerly) {
    const got = `${before} to ${count} masters, and quorum ${formerly} to ${quorum}`;
    const want = "one change at a time: masters with either number would run side by side, and corrupt their log";
    const first =
      count > before
        ? `raise the quorum first: count: ${before}, quorum: ${majority(count)}`
        : `lower the count first: count: ${count}, quorum: ${formerly}`;
    report(["masters", "count"], {
      code: "QUORUM_STEP",
      got,
      want,
      fix: `${first}; replace all masters, and then the other`,
    });
  } else if (quorum < majority(Math.max(count, before)) && count > before) {
    const want = `${majority(count)} before there are ${count} masters, so that no minority of them decides`;
    const fix = `raise the quorum first: count: ${before}, quorum: ${majority(count)}`;
    report(["masters", "quorum"], { code: "MESOS_QUORUM", got: `${quorum}`, want, fix });
  } else if (quorum < majority(count) || quorum > count) {
    const want = `${majority(count)} to ${count}, with which ${count} masters can run`;
    report(["masters", "quorum"], { code: "MESOS_QUORUM", got: `${quorum}`, want, fix: `write ${majority(count)}` });
  }
}

function checkConsul({ masters, consul }: GuestbookMesosView, report: Report): void {
  const [servers, expected] = [masters?.count, consul?.bootstrapExpect];
  if (servers === undefined || expected === undefined || servers === expected) return;
  const want = `${servers}, the number of Consul servers, one on each master: less elect two leaders, more wait for ever`;
  report(["consul", "bootstrapExpect"], { code: "CONSUL_EXPECT", want, fix: `write ${servers}, or leave it out` });
}
