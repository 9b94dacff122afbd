import { Construct } from "constructs";
import { FileBucket } from "../../modules/file-bucket";
import type { Statement } from "../../modules/machine-role";
import type { Environment, Guestbook } from "../config";
import { jsonAsYaml } from "../core/cloud-config";
import type { GuestbookFiles } from "./guestbook-files";
import { mayRead } from "./guestbook-secrets";

interface ControlProps {
  readonly environment: Environment;
  readonly system: Guestbook;
  readonly files: GuestbookFiles;
  /** What only Terraform knows, by the names of Hiera. */
  readonly infrastructure: Readonly<Record<string, string>>;
}

/**
 * Where the Puppet server gets its code and what Terraform has to tell it. Everything is in one bucket, unless the code is in a
 * Git repository: then only the latter is.
 */
export class Control extends Construct {
  /** For the settings of the server. */
  readonly settings: object;
  /** What the server must be allowed in order to fetch it. */
  readonly statements: readonly Statement[];
  /** Port of the Git host, where there is one that is not reached by HTTPS. */
  readonly gitPort: number | undefined;

  constructor(scope: Construct, id: string, { environment, system, files, infrastructure }: ControlProps) {
    super(scope, id);
    const { controlRepository: git } = system;
    const bucket = new FileBucket(this, "files", {
      name: `guestbook-${environment.name}-control`,
      files: git ? {} : Object.fromEntries(files.control.map(({ path, text }) => [path, text])),
      filesWithValues: { "data/infrastructure.yaml": `${jsonAsYaml(infrastructure)}\n` },
      onRemoval: environment.onRemoval,
    });
    this.settings = git
      ? { controlRepository: git, infrastructureBucket: bucket.bucket }
      : { controlRepository: { bucket: bucket.bucket } };
    const key = git?.deployKeySecretArn;
    this.statements = [...bucket.readStatements, ...(key ? [mayRead({ arn: key })] : [])];
    this.gitPort = git && gitPort(git.url);
  }
}

/** `git@host:path` and `ssh://git@host/path` are SSH's own port, unless they name another one. */
function gitPort(url: string): number | undefined {
  const port = Number(/^[a-z]+:\/\/[^/]+:(\d+)\//.exec(url)?.[1] ?? (url.startsWith("https:") ? 443 : 22));
  return port === 443 ? undefined : port;
}
