import { asBlock, blocks, list } from "../../../core/terraform-json";
import { type Grant, of, type Rows } from "../grant";

const { read, write } = of("iam", "::");
const secrets = of("secretsmanager");
const keys = of("kms");
const parameters = of("ssm");
const role = "role/{role}";

/** Roles, keys, secrets and parameters. */
export const identity: Rows = {
  aws_iam_role: [
    read("role/{name}", "GetRole", "ListRolePolicies", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"),
    write("role/{name}", "CreateRole", "DeleteRole", "UpdateRole", "UpdateRoleDescription", "UpdateAssumeRolePolicy"),
    write("role/{name}", "TagRole", "UntagRole"),
    ({ body }) => {
      const services = servicesIn(body.assume_role_policy);
      return services.length > 0 ? [pass("role/{name!}", services)] : [];
    },
  ],
  aws_iam_role_policy: [read(role, "GetRolePolicy"), write(role, "PutRolePolicy", "DeleteRolePolicy")],
  aws_iam_instance_profile: [
    read("instance-profile/{name}", "GetInstanceProfile"),
    write("instance-profile/{name}", "CreateInstanceProfile", "DeleteInstanceProfile", "AddRoleToInstanceProfile"),
    write("instance-profile/{name}", "RemoveRoleFromInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"),
  ],
  aws_kms_key: [
    keys.readOwn("key/*", "DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
    keys.make("*", "CreateKey"),
    keys.adopt("key/*", "TagResource"),
    keys.own("key/*", "EnableKeyRotation", "DisableKeyRotation", "PutKeyPolicy", "UpdateKeyDescription"),
    keys.own("key/*", "EnableKey", "DisableKey", "ScheduleKeyDeletion", "UntagResource"),
  ],
  aws_secretsmanager_secret: [
    secrets.read("secret:{name}", "DescribeSecret", "GetResourcePolicy"),
    secrets.write("secret:{name}", "CreateSecret", "UpdateSecret", "DeleteSecret", "TagResource", "UntagResource"),
  ],
  aws_secretsmanager_secret_version: [
    secrets.read("secret:{secret_id}", "DescribeSecret", "GetSecretValue", "ListSecretVersionIds"),
    secrets.write("secret:{secret_id}", "PutSecretValue", "UpdateSecretVersionStage"),
  ],
  "ephemeral.aws_secretsmanager_random_password": [secrets.look("GetRandomPassword")],
  aws_ssm_parameter: [
    parameters.look("DescribeParameters"),
    parameters.read("parameter{name}", "GetParameter", "GetParameters", "ListTagsForResource"),
    parameters.write(
      "parameter{name}",
      "PutParameter",
      "DeleteParameter",
      "AddTagsToResource",
      "RemoveTagsFromResource",
    ),
  ],
  "data.aws_ssm_parameter": [
    ({ body }) => {
      // What AWS publishes belongs to no account.
      const read = parameters.read("parameter{name}", "GetParameter");
      const published = String(body.name).startsWith("/aws/service/");
      return [published ? { ...read, on: ["ssm:::parameter{name}"] } : read];
    },
  ],
  "data.aws_ssm_parameters_by_path": [parameters.read("parameter{path}", "GetParametersByPath")],
  aws_ssm_document: [
    parameters.read("document/{name}", "DescribeDocument", "GetDocument", "DescribeDocumentPermission"),
    parameters.read("document/{name}", "ListTagsForResource"),
    parameters.write("document/{name}", "CreateDocument", "UpdateDocument", "UpdateDocumentDefaultVersion"),
    parameters.write("document/{name}", "DeleteDocument", "AddTagsToResource", "RemoveTagsFromResource"),
  ],
  "data.aws_caller_identity": [{ ...of("sts").look("GetCallerIdentity"), regional: false }],
  "data.aws_partition": [],
};

/** Gives a role of this system to the services that may take it, and to no other. */
function pass(on: string, services: readonly string[]): Grant {
  return { ...write(on, "PassRole"), condition: { StringEquals: { "iam:PassedToService": services } } };
}

function servicesIn(trust: unknown): string[] {
  const text = String(trust);
  // Written elsewhere, it is known to Terraform alone: then nobody is passed the role.
  const statements = text.startsWith("{") ? blocks(asBlock(JSON.parse(text)).Statement) : [];
  return statements.flatMap(({ Principal }) => list(asBlock(Principal).Service).map(String)).sort();
}
