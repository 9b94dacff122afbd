import type { IConstruct } from "constructs";
import { type Complaint, InvalidProps } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";
import type { QuorumRunbookProps } from "./props";

/** Throws for the first thing that AWS would refuse, or that would take a quorum down. */
export function checkRunbook(at: IConstruct, props: QuorumRunbookProps): void {
  for (const complaint of complaints(props)) throw new InvalidProps(at, complaint);
}

function* complaints({ members, healthCommand, patienceMinutes }: QuorumRunbookProps): Generator<Complaint> {
  const names = Object.keys(members);
  if (names.length < 3) {
    const fix = "replace the machine of a single place by the command of its slot";
    yield { prop: "members", got: names, want: "three members or more: the others decide while one is away", fix };
  }
  const strange = names.find((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name));
  if (strange !== undefined) {
    const want = "names of lower-case letters, digits and single dashes, a letter first";
    yield { prop: "members", got: strange, want, fix: "write a name such as zk-1" };
  }
  const groups = Object.values(members);
  if (new Set(groups).size < groups.length) {
    const fix = "give each member a place of its own";
    yield { prop: "members", got: groups, want: "another group for each member", fix };
  }
  const word = healthCommand.find((one) => !/^[\w./:=-]+$/.test(one));
  if (word !== undefined) {
    const want = "words of letters, digits and characters of ./:=_-";
    yield { prop: "healthCommand", got: word, want, fix: "move the rest into the program" };
  }
  if (!isWhole(patienceMinutes, 5, 120)) {
    const want = "whole minutes from 5 to 120";
    yield { prop: "patienceMinutes", got: patienceMinutes, want, fix: "half an hour is 30" };
  }
}
