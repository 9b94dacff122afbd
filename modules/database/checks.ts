import { aboutIdentifier, aboutSubnets, aboutTime, aboutWords } from "../../src/core/database-complaints";
import type { Complaint } from "../../src/core/invalid-props";
import { previousRdsFamilies } from "../../src/core/rds-classes";
import { isWhole } from "../../src/core/whole";
import { engines, versionsAsOf } from "./engines";
import type { DatabaseProps } from "./props";

type Checked = DatabaseProps & Required<Pick<DatabaseProps, "backupDays" | "logDays">>;

/** Everything wrong with the props that can be known without asking AWS, in the order of the props. */
export function* complaintsAbout(props: Checked): Generator<Complaint> {
  yield* aboutNames(props);
  yield* aboutSize(props);
  yield* aboutTime(props);
}

function* aboutNames({ name, engine, version, databaseName, user, placement }: Checked): Generator<Complaint> {
  yield* aboutIdentifier(name, 63, "instance");
  yield* aboutSubnets(placement.subnetIds);
  const facts = Object.hasOwn(engines, engine) ? engines[engine] : undefined;
  if (!facts) {
    const want = Object.keys(engines).join(" or ");
    return yield { prop: "engine", got: engine, want, fix: "Aurora and other engines need another module" };
  }
  const { versions, userLimit } = facts;
  if (!versions.includes(version)) {
    const fix = `give the major version as quoted text, without the minor: "${versions.at(-1)}" (RDS as of ${versionsAsOf})`;
    yield { prop: "version", got: version, want: `one of ${versions.join(", ")}`, fix };
  }
  yield* aboutWords(engine, { databaseName, user, userLimit });
}

function* aboutSize({ instanceClass, storageGib, maxStorageGib }: Checked): Generator<Complaint> {
  const [, family] = /^db\.([a-z][a-z0-9-]*)\.(micro|small|medium|large|\d*xlarge)$/.exec(instanceClass) ?? [];
  const successor = previousRdsFamilies.get(family ?? "");
  if (!family || successor) {
    const fix = successor
      ? `${family} is a previous generation: take db.${successor}`
      : "RDS has classes of its own, which begin with db.";
    yield { prop: "instanceClass", got: instanceClass, want: "a current class such as db.t4g.micro", fix };
  }
  if (!isWhole(storageGib, 20, 65_536)) {
    const fix = "20 GiB is the least that gp3 offers; storage can grow later and never shrink";
    return yield { prop: "storageGib", got: storageGib, want: "a whole number from 20 to 65536", fix };
  }
  const least = Math.ceil((storageGib * 11) / 10);
  if (maxStorageGib !== undefined && !isWhole(maxStorageGib, least, 65_536)) {
    const want = `a whole number from ${least} (storageGib and a tenth) to 65536`;
    yield {
      prop: "maxStorageGib",
      got: maxStorageGib,
      want,
      fix: "leave it out for storage that never grows by itself",
    };
  }
}
