import { machineRoleFault } from "../image-roles";
import { oneOf, section, text, whole } from "./field";
import { dataGib, instanceType, rootGib } from "./guestbook-mesos-sizes";

/** The elastic machines that tasks run on. */
export const agents = section("The Mesos agents: machines that run the containers.", {
  type: instanceType("t3.large"),
  min: whole("Machines that always run.", { code: "SCALE_BOUNDS", min: 1, max: 500 }).default(5),
  desired: whole("Machines at the start. Without it, min.", { code: "SCALE_BOUNDS", min: 1, max: 500 }).optional(),
  max: whole("Machines that never are exceeded.", { code: "SCALE_BOUNDS", min: 1, max: 500 }).default(10),
  volumeGib: rootGib(60),
});

const single = (what: string, usual: string, gib: number) => ({
  type: instanceType(usual),
  rootGib: rootGib(30),
  dataGib: dataGib(what, gib),
});

const own = (title: string, what: string, usual: string, gib: number) => section(title, single(what, usual, gib));

/** Chef server, Marathon and Sensu: on one machine for cost saving, or on three. */
export const management = oneOf(
  "Chef server, Marathon and Sensu: together on one machine, or apart on three.",
  [
    section("One machine for all of them.", {
      together: own("The machine.", "what the Chef server and Sensu keep", "t3.xlarge", 50).prefault({}),
    }),
    section("One machine for each.", {
      apart: section("The machines.", {
        chef: own(
          "The Chef server. Without one where configuration is local.",
          "nodes and cookbooks",
          "t3.large",
          30,
        ).optional(),
        marathon: own("Marathon.", "its logs", "t3.medium", 10).prefault({}),
        sensu: own("The Sensu backend.", "events and checks", "t3.medium", 20).prefault({}),
      }),
    }),
  ],
  {
    code: "MANAGEMENT",
    want: "a map with together or with apart",
    fix: "write management: { together: {} }, or leave it out",
  },
);

/** The pipeline. */
export const gocd = section("GoCD: the server, and agents that build and deploy.", {
  ...single("pipelines, their history and artifacts", "t3.medium", 20),
  agents: section("The agents.", {
    type: instanceType("t3.medium"),
    min: whole("Machines that always run.", { code: "SCALE_BOUNDS", min: 0, max: 100 }).default(1),
    desired: whole("Machines at the start. Without it, min.", { code: "SCALE_BOUNDS", min: 0, max: 100 }).optional(),
    max: whole("Machines that never are exceeded.", { code: "SCALE_BOUNDS", min: 1, max: 100 }).default(3),
    volumeGib: rootGib(40),
  }).prefault({}),
});

const baked = (usual: string) =>
  text("Role of packer/images.json.", {
    code: "IMAGE_ROLE",
    want: "a role of packer/images.json that is baked for machines",
    check: machineRoleFault,
  }).default(usual);

/** From which images machines start. */
export const images = section("The images that Packer bakes, by kind of machine.", {
  zookeeper: baked("zookeeper"),
  master: baked("mesos-master"),
  agent: baked("mesos-agent"),
  frontend: baked("frontend"),
  management: baked("management"),
  gocd: baked("gocd"),
});
