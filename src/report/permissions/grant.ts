import type { Entry, System } from "../system";

/** Tests of a statement: operator → key → values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What the AWS provider calls for a type, and on what. */
export interface Grant {
  /** Whole, such as `ec2:CreateVpc`. */
  readonly actions: readonly string[];
  /**
   * Patterns of ARNs: `ec2:subnet/*` is one of the account and region, `iam::role/{name}` one of the account, `s3:::{bucket}`
   * one of the whole of AWS, and `*` is everything. `{name}` stands for an argument; `{listener_arn.load_balancer_arn}` for
   * one of what it refers to; `{name?}` leaves the pattern out where there is no such argument; `{name!}` is the name as it is,
   * not the beginning that all of one copy share; `{copy}` stands for the system and the environment; and `{partition}`,
   * `{region}`, `{account}` for the parts of an ARN that is written out.
   */
  readonly on: readonly string[];
  /** Whether a plan needs it too. */
  readonly phase: "read" | "write";
  /**
   * Where AWS invents the id, our tags say whose it is: `ours` carries them, `made` is made with them, and `adopted` has none
   * yet and gets them.
   */
  readonly tags?: "ours" | "made" | "adopted";
  /** The calls of EC2 that may set tags along the way. */
  readonly createActions?: readonly string[];
  readonly condition?: Condition;
  /** Whether the service knows regions. @default true */
  readonly regional?: boolean;
}

/** Everything that one resource or data source needs. A function where that depends on its arguments. */
export type Row = readonly (Grant | ((entry: Entry, system: System) => readonly Grant[]))[];

/** Rows by Terraform's type: `aws_vpc`, `data.aws_ami`, `ephemeral.aws_secretsmanager_random_password`. */
export type Rows = Readonly<Record<string, Row>>;

type On = string | readonly string[];

/** Words for the rows of one service. @param colons between service and resource: `:` regional, `::` of the account, `:::` of AWS */
export function of(service: string, colons: ":" | "::" | ":::" = ":") {
  const regional = colons === ":";
  const grant = (phase: Grant["phase"], tags?: Grant["tags"]) => {
    return (on: On, ...actions: readonly string[]): Grant => ({
      actions: actions.map((action) => `${service}:${action}`),
      on: [on].flat().map((resource) => (resource === "*" ? "*" : `${service}${colons}${resource}`)),
      phase,
      ...(tags && { tags }),
      ...(!regional && { regional }),
    });
  };
  const read = grant("read");
  const write = grant("write");
  return {
    /** Looks at what has no ARN in policies. */
    look: (...actions: readonly string[]) => read("*", ...actions),
    read,
    write,
    readOwn: grant("read", "ours"),
    own: grant("write", "ours"),
    make: grant("write", "made"),
    adopt: grant("write", "adopted"),
  };
}

/** Lets a service make the role that it works with, where the account lacks it. */
export function linkedRole(service: string): Grant {
  return {
    actions: ["iam:CreateServiceLinkedRole"],
    on: [`iam::role/aws-service-role/${service}/*`],
    phase: "write",
    condition: { StringEquals: { "iam:AWSServiceName": service } },
    regional: false,
  };
}
