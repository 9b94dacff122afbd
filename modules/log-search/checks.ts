import type { Complaint } from "../../src/core/invalid-props";
import { isWhole } from "../../src/core/whole";
import type { LogSearchProps } from "./props";

/** What AWS would refuse, or would not do as it was meant. */
export function* complaintsAbout(props: LogSearchProps & { nodes: number; volumeGib: number }): Iterable<Complaint> {
  const { name, nodes, volumeGib, placement, nodeType = "t3.small.search", administratorArn } = props;
  if (!/^[a-z][a-z0-9-]{2,27}$/.test(name)) {
    const want = "3 to 28 lower-case letters, digits and dashes, a letter first";
    yield { prop: "name", got: name, want, fix: "shorten it, such as shop-dev-logs" };
  }
  if (!isWhole(nodes, 1, 3) || nodes > placement.subnetIds.length) {
    const want = `1, 2 or 3 nodes, and no more than zones: ${placement.subnetIds.length}`;
    yield { prop: "nodes", got: nodes, want, fix: "write 2, and give two subnets or more" };
  }
  if (!/^[a-z][a-z0-9]*\.[a-z0-9]+\.search$/.test(nodeType)) {
    const fix = "OpenSearch has types of its own, which end in .search";
    yield { prop: "nodeType", got: nodeType, want: "a type such as t3.small.search", fix };
  }
  if (!isWhole(volumeGib, 10, 1024)) {
    yield {
      prop: "volumeGib",
      got: volumeGib,
      want: "a whole number from 10 to 1024",
      fix: "20 is enough for a start",
    };
  }
  if (!/^arn:[a-z-]+:iam::\d{12}:(role|user)\/.+$/.test(administratorArn)) {
    const want = "the ARN of an IAM role or user";
    yield { prop: "administratorArn", got: administratorArn, want, fix: "copy it from IAM; a session's ARN is none" };
  }
}
