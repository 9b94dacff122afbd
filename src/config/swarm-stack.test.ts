import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder } from "./bad-inputs/description";
import { readSwarmStack } from "./swarm-stack";
import { InvalidSystemFiles } from "./system-files";

const root = join(__dirname, "../..");
const file = "systems/dashboard/docker-compose.yml";
const complaints = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return (error as InvalidSystemFiles).complaints;
  }
  throw new Error("the file was accepted");
};

describe("a stack file of Docker Swarm", () => {
  it("is read with its settings, and with its own defaults for the others", () => {
    const services = readSwarmStack(root, file, { DB_HOST: "database", DASHBOARD_SECRET: "aws_db_1" });
    expect(Object.keys(services)).toEqual(["dash-front", "dash-back"]);
    expect(services["dash-back"]).toMatchObject({
      image: expect.stringMatching(/^localhost\/dash-back:\d/),
      environment: { DB_HOST: "database", DB_PORT: "5432", DB_SSLMODE: "require" },
      secrets: { aws_db: "/var/run/aws_db" },
      health: { intervalSeconds: 5, timeoutSeconds: 8, retries: 3, startSeconds: 20 },
      ...{ memoryMib: 192, stopSeconds: 40, readOnly: true, port: undefined },
    });
    expect(services["dash-front"]).toMatchObject({ port: { published: 5000, target: 5000 } });
  });

  it("names every setting that it cannot do without", () => {
    expect(complaints(() => readSwarmStack(root, file, {}))).toEqual([
      `${file}: DB_HOST must be set: the address of the database`,
      expect.stringContaining("DASHBOARD_SECRET must be set"),
    ]);
  });

  it("says where it is not what was expected, or not there", () => {
    const text = "services: { web: { image: 1 } }\n";
    const said = inFolder({ "stack.yml": text }, (folder) => complaints(() => readSwarmStack(folder, "stack.yml", {})));
    expect(said).toContainEqual(expect.stringMatching(/^stack\.yml: services\.web\.image: /));
    expect(() => readSwarmStack(root, "nowhere.yml", {})).toThrow(InvalidSystemFiles);
  });
});
