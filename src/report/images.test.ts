import { describe, expect, it } from "vitest";
import { readCatalogue } from "../core/image-catalogue";
import { images, imagesTable } from "./images";

const base = { name: "debian-12-*", owner: "136693071363", image: "debian:12-slim" };
const catalogue = readCatalogue({
  mysql: { kind: "machine", version: "10.11-1", architecture: "x86_64", base },
  wordpress: { kind: "container", version: "6.8.3-1", architecture: "x86_64", base },
});
const template = (role: string) => ({
  folder: `packer/${role}`,
  text: `locals {\n  role = "${role}"\n}\nbuild {\n}\n`,
});

/** A stack with a machine from an image of this name, and one whose container has this tag in its own registry. */
const machine = (name: string) => ({
  name: "database-dev",
  document: { data: { aws_ami: { image: { filter: [{ name: "name", values: [name] }] } } } },
});
const container = (tag: string) => ({
  name: "service-dev",
  document: {
    data: { aws_ssm_parameter: { registry: { name: "/dev/registry-url" } } },
    resource: {
      aws_ecs_task_definition: {
        task: {
          container_definitions: `[{"name":"web","image":"\${data.aws_ssm_parameter.registry.insecure_value}:${tag}"}]`,
        },
      },
    },
  },
});
const platform = {
  name: "platform-dev",
  document: {
    resource: {
      aws_ecr_repository: { own: { name: "wordpress-dev/wordpress" } },
      aws_ssm_parameter: {
        registry: { name: "/dev/registry-url", insecure_value: "${aws_ecr_repository.own.repository_url}" },
      },
    },
  },
};
const both = [template("mysql"), template("wordpress")];
const flawsOf = (...args: Parameters<typeof images>) =>
  Object.fromEntries(images(...args).map(({ role, flaws }) => [role, flaws]));

describe("the report on images", () => {
  it("names for each role the image, who bakes it and who starts it, when all agree", () => {
    const stacks = [platform, machine("slipway-mysql-10.11-1"), container("6.8.3-1")];
    expect(images(catalogue, both, stacks)).toEqual([
      {
        role: "mysql",
        kind: "machine",
        name: "slipway-mysql-10.11-1",
        template: "packer/mysql",
        stacks: ["database-dev"],
        flaws: [],
      },
      {
        role: "wordpress",
        kind: "container",
        name: "wordpress:6.8.3-1",
        template: "packer/wordpress",
        stacks: ["service-dev"],
        flaws: [],
      },
    ]);
  });

  it("knows an image of a fixed name by that name", () => {
    const image = { kind: "machine", version: "1.0-1", name: "our-dashboard-prod", architecture: "x86_64", base };
    const fixed = readCatalogue({ dashboard: image });
    expect(images(fixed, [template("dashboard")], [machine("our-dashboard-prod")])).toMatchObject([
      { role: "dashboard", name: "our-dashboard-prod", stacks: ["database-dev"], flaws: [] },
    ]);
  });

  it("names those of a Docker engine that start an image of the catalogue, and no other", () => {
    const local = (name: string, tag: string) => ({
      name: `${name}-local`,
      document: { resource: { docker_image: { image: { name: `localhost/${name}:${tag}` } } } },
    });
    const stacks = [machine("slipway-mysql-10.11-1"), local("wordpress", "6.8.3-1"), local("guestbook", "1.0.0")];
    expect(images(catalogue, both, stacks).map(({ role, stacks }) => [role, stacks])).toEqual([
      ["mysql", ["database-dev"]],
      ["wordpress", ["wordpress-local"]],
    ]);
    expect(flawsOf(catalogue, both, [...stacks, local("wordpress", "6.8.2-1")]).wordpress).toEqual([
      "wordpress-local starts wordpress:6.8.2-1, and the catalogue says wordpress:6.8.3-1",
    ]);
  });

  it("says when a stack looks for another name than the one that is baked", () => {
    const stacks = [platform, machine("slipway-mysql-10.11-2"), container("6.8.2-1")];
    expect(flawsOf(catalogue, both, stacks)).toEqual({
      mysql: ["database-dev starts slipway-mysql-10.11-2, and the catalogue says slipway-mysql-10.11-1"],
      wordpress: ["service-dev starts wordpress:6.8.2-1, and the catalogue says wordpress:6.8.3-1"],
    });
  });

  it("says when nobody bakes a role, and when nobody starts it", () => {
    expect(flawsOf(catalogue, [template("mysql")], [platform, container("6.8.3-1")])).toEqual({
      mysql: ["no stack starts it"],
      wordpress: ["no template under packer/ bakes it"],
    });
  });

  it("says when a template or a stack has a role that the catalogue lacks", () => {
    const stacks = [
      platform,
      machine("slipway-zookeeper-3.8-1"),
      machine("slipway-mysql-10.11-1"),
      container("6.8.3-1"),
    ];
    expect(flawsOf(catalogue, [...both, template("consul")], stacks)).toMatchObject({
      zookeeper: ["packer/images.json has no such role"],
      consul: ["packer/images.json has no such role"],
    });
  });

  it("leaves out images of others", () => {
    const stacks = [platform, machine("al2023-ami-ecs-hvm-2023.0.20260108-kernel-6.1-x86_64")];
    expect(images(catalogue, both, stacks).map(({ stacks }) => stacks)).toEqual([[], []]);
  });

  it("fits a terminal", () => {
    const stacks = [platform, machine("slipway-mysql-10.11-1")];
    expect(imagesTable(images(catalogue, both, stacks))).toBe(
      [
        "role       name                   template          stacks        state",
        "mysql      slipway-mysql-10.11-1  packer/mysql      database-dev  agree",
        "wordpress  wordpress:6.8.3-1      packer/wordpress  -             no stack starts it",
      ].join("\n"),
    );
  });
});
