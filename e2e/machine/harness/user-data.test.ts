import { describe, expect, it } from "vitest";
import { cloudConfig } from "../../../src/core/cloud-config";
import { stackOf } from "../../support/stacks";
import { userDataOf, withEndpoint } from "./user-data";

const address = "aws_instance.database";
const boots = (user_data?: string) => stackOf("blog-dev", { resource: { aws_instance: { database: { user_data } } } });
const values = { "aws_ebs_volume.data_1A.id": "vol-1", "aws_secretsmanager_secret.s-2.arn": "arn:aws:x" };

describe("the user data of a stack", () => {
  it.each([
    [
      "values for references",
      "a ${aws_ebs_volume.data_1A.id} ${aws_secretsmanager_secret.s-2.arn}",
      "a vol-1 arn:aws:x",
    ],
    ["text that Terraform hands on", "$${HOME} %%{x} $5 100%", "${HOME} %{x} $5 100%"],
    ["a dollar sign beside values", '${"$"}{HOME} ${aws_ebs_volume.data_1A.id}', "${HOME} vol-1"],
  ])("has %s", (_, written, read) => {
    expect(userDataOf(boots(written), address, values)).toBe(read);
  });

  it.each([
    ["${aws_vpc.net.id}", "${aws_vpc.net.id}"],
    ["%{ if true }", "%{ if true }"],
    ["a ${open", "${open"],
    ["${toString}", "${toString}"],
  ])("is refused while nothing is known for %s", (written, named) => {
    expect(() => userDataOf(boots(written), address, values)).toThrow(`user data: nothing is known for ${named}`);
  });

  it("is read from a launch template in either encoding", () => {
    const of = (user_data: string) => {
      const stack = stackOf("blog-dev", { resource: { aws_launch_template: { web: { user_data } } } });
      return userDataOf(stack, "aws_launch_template.web", values);
    };
    expect(of(Buffer.from("#!/bin/sh\necho ${HOME}\n").toString("base64"))).toBe("#!/bin/sh\necho ${HOME}\n");
    expect(of('${base64encode("a\\n\\"${aws_ebs_volume.data_1A.id}\\"")}')).toBe('a\n"vol-1"');
  });

  it("must be there, at an address that is there", () => {
    expect(() => userDataOf(boots(), address)).toThrow("blog-dev: aws_instance.database has no user data");
    const nowhere = () => userDataOf(boots(""), "aws_instance.web");
    expect(nowhere).toThrow("blog-dev has no aws_instance.web, but aws_instance.database");
  });
});

it("tells the endpoint to Slipway's own settings only", () => {
  const files = (more: object) => [
    { path: "/etc/slipway/mysql.json", json: { database: "blog", ...more } },
    { path: "/etc/other.json", json: { a: 1 } },
  ];
  const told = withEndpoint(cloudConfig(files({})), "http://aws:5000");
  expect(told).toBe(cloudConfig(files({ endpoint: "http://aws:5000" })));
  expect(() => withEndpoint("#!/bin/sh\n", "http://aws:5000")).toThrow("no cloud-config");
});
