import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../src/testing/synthesize";
import { ContainerService } from ".";

const files = {
  path: "/var/www/html/wp-content",
  fileSystem: { fileSystemId: "fs-1", arn: "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1" },
  accessPoint: { accessPointId: "fsap-1", arn: "arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1" },
};
const service = (shared?: typeof files) =>
  synthesize(
    (stack) =>
      new ContainerService(stack, "page", {
        name: "page",
        region: "eu-west-1",
        cluster: {
          arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/dev",
          name: "dev",
          capacityProvider: "dev-machines",
          execLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/exec",
        },
        image: "docker.io/library/httpd:2.4.66",
        hostPort: 80,
        files: shared,
      }),
  );

describe("files that the tasks of a service share", () => {
  it("are mounted in each container (S2-W03, S3-W03)", () => {
    const [container] = JSON.parse(service(files).one(EcsTaskDefinition).container_definitions);
    expect(container.mountPoints).toEqual([
      { sourceVolume: "files", containerPath: "/var/www/html/wp-content", readOnly: false },
    ]);
  });

  it("come encrypted, and by the access point alone (S2-W03)", () => {
    expect(service(files).one(EcsTaskDefinition).volume).toEqual([
      {
        name: "files",
        efs_volume_configuration: {
          file_system_id: "fs-1",
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: "fsap-1", iam: "ENABLED" },
        },
      },
    ]);
  });

  it("are open to the role of the tasks by that access point, to read and write and nothing else", () => {
    const policy = service(files)
      .all(IamRolePolicy)
      .find(({ name }) => name === "files");
    expect(JSON.parse(policy!.policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: files.fileSystem.arn,
        Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": files.accessPoint.arn } },
      },
    ]);
  });

  it("leave everything as it is where there are none", () => {
    const { one, all } = service();
    expect(one(EcsTaskDefinition)).not.toHaveProperty("volume");
    expect(JSON.parse(one(EcsTaskDefinition).container_definitions)[0].mountPoints).toEqual([]);
    expect(all(IamRolePolicy).map(({ name }) => name)).toEqual(["start"]);
  });

  it("refuse a place that would hide the container's own programs", () => {
    expect(() => service({ ...files, path: "/usr" })).toThrow("test/page: files.path must be a folder that holds no");
  });
});
