import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { arnForms } from "../../src/core/arn";
import { InvalidProps } from "../../src/core/invalid-props";
import { logPrefixFault } from "../../src/core/log-prefix";
import { nameLimits, physicalName } from "../../src/core/names";
import { isWhole } from "../../src/core/whole";
import type { LoadBalancerProps } from "./props";

type Checked = LoadBalancerProps & { readonly idleTimeoutSeconds: number };

/** Throws for what AWS would refuse at apply. */
export function checkProps(at: IConstruct, props: Checked): void {
  const { name, placement, certificateArn, idleTimeoutSeconds, accessLogs } = props;
  if (/^(internal-.*)?$/.test(physicalName([name], nameLimits.loadBalancer))) {
    throw new InvalidProps(at, {
      prop: "name",
      got: name,
      want: "letters, digits and dashes that do not start with internal-",
      fix: "AWS keeps that prefix for itself; start with the name of the system",
    });
  }
  const { subnetIds } = placement;
  if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
    throw new InvalidProps(at, {
      prop: "placement.subnetIds",
      got: subnetIds.length,
      want: "the subnets of at least two availability zones",
      fix: "give the network a second zone",
    });
  }
  if (
    certificateArn !== undefined &&
    !Token.isUnresolved(certificateArn) &&
    !arnForms.certificate.test(certificateArn)
  ) {
    throw new InvalidProps(at, {
      prop: "certificateArn",
      got: certificateArn,
      want: "the ARN of an ACM certificate",
      fix: "copy it from ACM: arn:aws:acm:<region>:<account>:certificate/<id>; leave it out for plain HTTP",
    });
  }
  if (!isWhole(idleTimeoutSeconds, 1, 4000)) {
    throw new InvalidProps(at, {
      prop: "idleTimeoutSeconds",
      got: idleTimeoutSeconds,
      want: "a whole number of seconds from 1 to 4000",
      fix: "leave it out for 60",
    });
  }
  const prefix = accessLogs?.prefix;
  const fault = prefix === undefined || Token.isUnresolved(prefix) ? undefined : logPrefixFault(prefix);
  if (fault) throw new InvalidProps(at, { prop: "accessLogs.prefix", got: prefix, ...fault });
}
