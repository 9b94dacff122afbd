import { databaseTypes, isReplica } from "../databases";
import { type Doc, view } from "../doc";
import { complainIf, rule } from "../rule";
import { severalZones } from "../zones";

/** Subnets whose route table leads straight to an internet gateway. */
const publicSubnets = view((doc: Doc) => {
  const tables = doc
    .all("aws_route")
    .filter(({ body }) => doc.follow(body.gateway_id)?.type === "aws_internet_gateway")
    .map(({ body }) => doc.follow(body.route_table_id));
  return new Set(
    doc
      .all("aws_route_table_association")
      .filter(({ body }) => tables.includes(doc.follow(body.route_table_id)))
      .map(({ body }) => doc.follow(body.subnet_id)),
  );
});

export const rds19 = rule({
  id: "RDS-19",
  title: "databases stand in private subnets of two zones or more",
  severity: "high",
  types: [...databaseTypes, "aws_db_subnet_group"],
  why: "without a subnet group RDS takes the default VPC; in a public subnet one wrong switch puts the database on the internet",
  fix: "make an aws_db_subnet_group of private subnets and name it in db_subnet_group_name",
  also: ["RDS.18"],
  inspect: (entry, doc) => {
    if (entry.type !== "aws_db_subnet_group") {
      const given = entry.body.db_subnet_group_name;
      return complainIf(
        given === undefined && !isReplica(entry),
        entry,
        "db_subnet_group_name",
        given,
        "a subnet group",
      );
    }
    const open = doc.followAll(entry.body.subnet_ids).filter((subnet) => publicSubnets(doc).has(subnet));
    const addresses = open.map(({ address }) => address);
    return [
      ...severalZones(doc, entry, "subnet_ids"),
      ...complainIf(open.length > 0, entry, "subnet_ids", addresses, "subnets without a route to an internet gateway"),
    ];
  },
});
