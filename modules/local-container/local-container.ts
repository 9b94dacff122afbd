import { Container, type ContainerConfig } from "@cdktf/provider-docker/lib/container";
import { Construct } from "constructs";
import { labelBlocks } from "../../src/core/docker-labels";
import { goDuration } from "../../src/core/go-duration";
import { InvalidProps } from "../../src/core/invalid-props";
import { literal } from "../../src/core/literal";
import { shortHash } from "../../src/core/names";
import type { LocalContainerProps, LocalHealth } from "./props";

/** Written down in full: what the engine's own settings say may change, and would make every container anew. */
const logs = { logDriver: "json-file", logOpts: { "max-size": "10m", "max-file": "3" } };

/**
 * A container on the local Docker engine, which is there after `apply` once it is healthy. It comes back after a crash and after a
 * restart of the engine. It has none of root's powers but those that are named, and can win none.
 *
 * Everything that the engine would fill in is written here, in the form in which the provider reads it back: a second apply
 * changes nothing. Every change but that of memory makes the container anew.
 */
export class LocalContainer extends Construct {
  /** What others wait for. */
  readonly container: Container;

  constructor(scope: Construct, id: string, props: LocalContainerProps) {
    super(scope, id);
    const { name, alias, image, network, health, command, environment = {}, port, memoryMib, labels = {} } = props;
    const { readOnly = false, capabilities = [], stopSeconds = 30, after = [] } = props;
    this.refuseFilesIn(props);
    const healthcheck = healthcheckOf(health);
    this.container = new Container(this, "container", {
      name,
      image: image.imageId,
      command: command?.map(literal),
      env: Object.keys(environment)
        .sort()
        .map((variable) => `${variable}=${literal(environment[variable]!)}`),
      healthcheck,
      ...{ wait: true, waitTimeout: health.patienceSeconds ?? 300 },
      ...{ mustRun: true, restart: "unless-stopped", init: true },
      ...{ networkMode: "bridge", networksAdvanced: [{ name: network.name, aliases: [alias] }] },
      ports: port && [{ internal: port.inside, external: port.outside, ip: "127.0.0.1", protocol: "tcp" }],
      mounts: mountsOf(props),
      upload: uploadsOf(props),
      readOnly,
      tmpfs: readOnly ? { "/tmp": "rw,noexec,nosuid,size=64m" } : undefined,
      capabilities: { drop: ["ALL"], add: capabilities.length > 0 ? [...capabilities].sort() : undefined },
      securityOpts: ["no-new-privileges:true"],
      // Without swap of its own, or the engine would give it as much again, which the next plan would take away.
      ...{ memory: memoryMib, memorySwap: memoryMib },
      ...{ stopTimeout: stopSeconds, destroyGraceSeconds: stopSeconds, removeVolumes: true },
      ...logs,
      // The provider changes a health check in its state, and never in the container: another one has to be another container.
      labels: labelBlocks({ ...labels, "slipway.health": shortHash([healthcheck]), ...marksOfSecrets(props) }),
      dependsOn: after.length > 0 ? after.map((other) => other.container) : undefined,
    });
  }

  private refuseFilesIn({ files = {}, readOnly }: LocalContainerProps): void {
    if (!readOnly || Object.keys(files).length === 0) return;
    throw new InvalidProps(this, {
      prop: "files",
      got: Object.keys(files),
      want: "none in a container that is readOnly: the engine copies no file into one",
      fix: "leave readOnly out, or put the files into the image",
    });
  }
}

/** A container keeps the file that it was made with: when the text of a secret is another one, it has to be another container. */
function marksOfSecrets({ secrets = {} }: LocalContainerProps): Readonly<Record<string, string>> {
  const texts = Object.entries(secrets).flatMap(([target, { recipe }]) =>
    "text" in recipe ? [[target, recipe.text]] : [],
  );
  return texts.length > 0 ? { "slipway.secrets": shortHash(texts.sort()) } : {};
}

function healthcheckOf(health: LocalHealth) {
  const { test, intervalSeconds = 5, timeoutSeconds = 5, retries = 12, startSeconds = 30 } = health;
  return {
    test: test.map(literal),
    ...{ interval: goDuration(intervalSeconds), timeout: goDuration(timeoutSeconds), retries },
    ...{ startPeriod: goDuration(startSeconds), startInterval: "0s" },
  };
}

/** In the order of their places in the container. A file that is missing is a mistake, where a bind of the old kind makes a folder. */
function mountsOf({ secrets = {}, volumes = {} }: LocalContainerProps): ContainerConfig["mounts"] {
  const mounts = [
    ...Object.entries(volumes).map(([target, { name }]) => ({ type: "volume", source: name, target, readOnly: false })),
    ...Object.entries(secrets).map(([target, { source }]) => ({ type: "bind", source, target, readOnly: true })),
  ];
  return mounts.length > 0 ? mounts.sort((a, b) => (a.target < b.target ? -1 : 1)) : undefined;
}

function uploadsOf({ files = {} }: LocalContainerProps): ContainerConfig["upload"] {
  const paths = Object.keys(files).sort();
  if (paths.length === 0) return undefined;
  return paths.map((file) => ({ file, content: literal(files[file]!), permissions: "0644" }));
}
