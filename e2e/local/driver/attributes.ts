import type { Json } from "../../support/stacks";

/** `true`: a value. Otherwise a block, or a list of them, with the attributes that it may have. */
interface Known {
  readonly [attribute: string]: true | Known;
}

/** What every resource may say to Terraform alone. */
const forTerraform: Known = {
  "//": true,
  depends_on: true,
  lifecycle: { prevent_destroy: true, ignore_changes: true },
};

/**
 * Every attribute that the driver carries out, by type of resource. An unknown one is refused: what is silently left out
 * would be a test of something else than the stack says.
 */
const known: Known = {
  docker_network: { name: true, driver: true, labels: { label: true, value: true } },
  docker_volume: { name: true, driver: true, labels: { label: true, value: true } },
  docker_image: { name: true, keep_locally: true },
  docker_container: {
    ...{ name: true, image: true, command: true, entrypoint: true, env: true, user: true, restart: true, init: true },
    ...{ wait: true, wait_timeout: true, must_run: true, destroy_grace_seconds: true, stop_timeout: true },
    ...{ network_mode: true, remove_volumes: true },
    ...{ log_driver: true, log_opts: true, memory: true, memory_swap: true, cpu_shares: true },
    ...{ read_only: true, tmpfs: true, security_opts: true, capabilities: { drop: true, add: true } },
    healthcheck: { test: true, interval: true, timeout: true, start_period: true, start_interval: true, retries: true },
    ports: { internal: true, external: true, ip: true, protocol: true },
    networks_advanced: { name: true, aliases: true },
    mounts: { type: true, source: true, target: true, read_only: true },
    upload: { file: true, content: true, permissions: true, executable: true },
    labels: { label: true, value: true },
  },
};

const sections = ["//", "provider", "terraform", "variable", "output", "resource"];

/** Everything in a document that the driver does not know, by path; nothing where it can carry out all of it. */
export function unknownIn(document: Json): string[] {
  const strange = Object.keys(document).filter((section) => !sections.includes(section));
  const providers = Object.entries<Json[]>(document.provider ?? {}).flatMap(([name, blocks]) =>
    name === "docker"
      ? blocks.flatMap((block) => Object.keys(block).map((key) => `provider.docker.${key}`))
      : [`provider.${name}`],
  );
  const resources = Object.entries<Json>(document.resource ?? {}).flatMap(([type, all]) => {
    const attributes = known[type];
    if (!attributes || attributes === true) return [`resource.${type}`];
    return Object.entries(all).flatMap(([name, body]) =>
      unknown(body, { ...attributes, ...forTerraform }, `${type}.${name}`),
    );
  });
  return [...strange, ...providers, ...resources];
}

function unknown(body: Json, attributes: Known, path: string): string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const allowed = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!allowed) return [`${path}.${name}`];
    if (allowed === true) return [];
    return [value].flat().flatMap((block) => unknown(block, allowed, `${path}.${name}`));
  });
}
