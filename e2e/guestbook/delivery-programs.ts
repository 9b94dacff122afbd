import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** AWS as two commands see it: a parameter is a file, and a secret is always the same. It notes what it is asked. */
const aws = `#!/bin/sh
set -eu
echo "aws $*" >> "$STATE/calls"
command="$1 $2" name= value=
shift 2
while [ $# -gt 0 ]; do
  case $1 in
  --name) name=$(echo "$2" | tr / - | cut -c 2-) ;;
  --value) value=$2 ;;
  esac
  shift
done
case $command in
"ssm get-parameter") cat "$STATE/$name" ;;
"ssm put-parameter") echo "$value" > "$STATE/$name" ;;
"secretsmanager get-secret-value") printf '%s\\n' '{"username":"pipeline","password":"pass'"'"'word\\"1"}' ;;
*) echo "no such command: $command" >&2; exit 1 ;;
esac
`;

const docker = `#!/bin/sh
echo "docker $*" >> "$STATE/calls"
`;

/** The real one, for which the images of the engine lie in folders. */
const skopeo = `#!/bin/bash
args=("$@")
for i in "\${!args[@]}"; do
  case \${args[$i]} in
  docker-daemon:guestbook:*) args[i]=dir:$IMAGES/\${args[$i]##*:} ;;
  esac
done
PATH=\${PATH#*:} exec skopeo "\${args[@]}"
`;

/** Puts into `folder` what the scripts find in place of AWS and of a Docker engine. */
export function standIns(folder: string): void {
  mkdirSync(join(folder, "state"));
  mkdirSync(join(folder, "bin"));
  for (const [name, script] of Object.entries({ aws, docker, skopeo }))
    writeFileSync(join(folder, "bin", name), script, { mode: 0o755 });
}

const digestOf = (content: Buffer) => `sha256:${createHash("sha256").update(content).digest("hex")}`;

/** Writes an image with one file in it as a folder that skopeo can read. */
export function imageFolder(folder: string, version: string, layer: Buffer): void {
  const config = Buffer.from(
    JSON.stringify({
      architecture: "amd64",
      os: "linux",
      config: { Labels: { "org.opencontainers.image.version": version } },
      rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
    }),
  );
  const type = "application/vnd.docker";
  const manifest = {
    schemaVersion: 2,
    mediaType: `${type}.distribution.manifest.v2+json`,
    config: { mediaType: `${type}.container.image.v1+json`, size: config.length, digest: digestOf(config) },
    layers: [{ mediaType: `${type}.image.rootfs.diff.tar`, size: layer.length, digest: digestOf(layer) }],
  };
  mkdirSync(folder, { recursive: true });
  for (const blob of [layer, config]) writeFileSync(join(folder, digestOf(blob).replace("sha256:", "")), blob);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "version"), "Directory Transport Version: 1.1\n");
}
