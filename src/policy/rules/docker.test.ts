import { aws, drop, set, specify } from "../testing/specify";
import { dkr01 } from "./dkr-01-loopback";
import { dkr02 } from "./dkr-02-secret-files";
import { dkr03 } from "./dkr-03-image-id";
import { dkr04 } from "./dkr-04-bounded-logs";
import { dkr05 } from "./dkr-05-no-more-rights";
import { dkr06 } from "./dkr-06-health";

const web = {
  image: "${docker_image.web.image_id}",
  env: ["DB_HOST=database", "DB_PASSWORD_FILE=/run/secrets/db", "RANDOM_ROOT_PASSWORD=yes"],
  ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }],
  log_driver: "json-file",
  log_opts: { "max-size": "10m", "max-file": "3" },
  capabilities: { drop: ["ALL"], add: ["CAP_CHOWN"] },
  security_opts: ["no-new-privileges:true"],
  mounts: [{ type: "bind", source: "${var.secrets_folder}/db", target: "/run/secrets/db" }],
  healthcheck: { test: ["CMD", "true"] },
  wait: true,
};
const good = aws({ docker_container: { web }, docker_image: { web: { name: "web:1" } } });
/** Containers of ECS have rules of their own. */
const elsewhere = aws({ aws_ecs_task_definition: { t: { container_definitions: "[]" } } });
const path = "docker_container/web";

specify(dkr01, {
  good: [good, aws({ docker_container: { web: { ...web, ports: undefined } } })],
  broken: {
    "a port is open on every address": drop(`${path}/ports/0/ip`),
    "a port is open on another address": set(`${path}/ports/0/ip`, "192.168.1.7"),
    "every port is open": set(`${path}/publish_all_ports`, true),
  },
  elsewhere,
});

specify(dkr02, {
  good,
  broken: {
    "a password is a variable": set(`${path}/env/0`, "DB_PASSWORD=hunter2hunter2"),
    "a password is in a URL": set(`${path}/env/0`, "DATABASE_URL=postgres://me:hunter2@database/shop"),
  },
  elsewhere,
});

specify(dkr03, {
  good,
  broken: {
    "it is named": set(`${path}/image`, "web:1"),
    "it is the name that is referred to": set(`${path}/image`, "${docker_image.web.name}"),
    "Terraform does not have it": set(`${path}/image`, "${var.image.image_id}"),
  },
  elsewhere,
});

specify(dkr04, {
  good,
  broken: {
    "the engine decides": drop(`${path}/log_driver`),
    "one file grows for ever": drop(`${path}/log_opts/max-size`),
    "files are kept for ever": drop(`${path}/log_opts/max-file`),
  },
  elsewhere,
});

specify(dkr05, {
  good,
  broken: {
    "it is root of the machine": set(`${path}/privileged`, true),
    "it has the machine's network": set(`${path}/network_mode`, "host"),
    "it sees the machine's processes": set(`${path}/pid_mode`, "host"),
    "it shares the machine's memory": set(`${path}/ipc_mode`, "host"),
    "its root is the machine's root": set(`${path}/userns_mode`, "host"),
    "it has a device of the machine": set(`${path}/devices`, [{ host_path: "/dev/kmsg" }]),
    "all powers come back": set(`${path}/capabilities/add`, ["ALL"]),
    "it gets one that gives all others": set(`${path}/capabilities/add/0`, "CAP_SYS_ADMIN"),
    "it keeps root's powers": drop(`${path}/capabilities`),
    "it can win some": drop(`${path}/security_opts`),
    "it has the engine": set(`${path}/mounts/0/source`, "/var/run/docker.sock"),
    "it has the engine by a volume": set(`${path}/volumes`, [{ host_path: "/run/docker.sock" }]),
  },
  elsewhere,
});

specify(dkr06, {
  good,
  broken: {
    "nothing tells whether it works": drop(`${path}/healthcheck`),
    "nobody waits": drop(`${path}/wait`),
  },
  elsewhere,
});
