import { database as rdsDatabase } from "./database";
import { choice, oneOf, section, text, whole } from "./field";

const { engine: _engine, version: _version, class: rdsClass, name, user, ...rds } = rdsDatabase.shape;

/** The relational database of the applications. */
export const mesosDatabase = section("The RDS database of the tasks: MySQL. RDS makes the password.", {
  version: choice("Major version, in quotes; the minor one follows AWS.", ["8.0", "8.4"], {
    code: "RDS_ENGINE",
    fix: 'give the major version in quotes, without the minor: "8.4"',
  }).default("8.4"),
  class: rdsClass.default("db.t4g.small"),
  name: name.unwrap().default("guestbook"),
  user: user.unwrap().default("guestbook"),
  ...rds,
});

const dockerHub = {
  code: "IMAGE_REF",
  want: "a repository with its registry and without a tag, such as docker.io/team/guestbook",
  fix: "the tag comes with each deployment",
};

/** Where the images of the application are. */
export const imageRegistry = oneOf(
  "Where the images of the application are: in a private registry of AWS, or on Docker Hub.",
  [
    section("A private registry of AWS (ECR), made for it.", {
      ecr: section("The registry.", {
        keepImages: whole("Newest images that never expire: how far one can roll back.", {
          code: "ECR_KEEP",
          min: 5,
          max: 1000,
        }).default(30),
      }).prefault({}),
    }),
    section("A public repository on Docker Hub.", {
      dockerHub: text("The repository.", {
        ...dockerHub,
        pattern: /^(?=.{3,200}$)docker\.io(\/[a-z0-9]+([._-][a-z0-9]+)*){2}$/,
      }),
    }),
  ],
  { code: "REGISTRY", want: "a map with ecr or with dockerHub", fix: "write registry: { ecr: {} }, or leave it out" },
);
