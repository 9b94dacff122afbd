import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CleanUp, docker, uniqueName } from "../machine/harness/engine";
import { emulatorImage } from "../machine/harness/images";
import { root } from "../machine/harness/packer";
import { run, succeeded } from "../support/process";
import { temporaryFolder } from "../support/temporary";

type Files = Readonly<Record<string, string | readonly string[]>>;
const sleeps = (enabled = true) => [
  ...["[Service]", "ExecStart=/bin/sleep infinity"],
  ...(enabled ? ["[Install]", "WantedBy=multi-user.target"] : []),
];

/** What the packages of others bring, as far as our recipes and tests see it: programs and units of the same names. */
const debs: Readonly<Record<string, Files>> = {
  cinc: { "usr/bin/cinc-client": readFileSync(join(__dirname, "stand-ins/cinc-client"), "utf8") },
  "sensu-go-agent": { "lib/systemd/system/sensu-agent.service": sleeps(), "usr/sbin/sensu-agent": "#!/bin/sh\n" },
  "amazon-ssm-agent": {
    "lib/systemd/system/amazon-ssm-agent.service": sleeps(),
    "DEBIAN/postinst": ["#!/bin/sh", "systemctl enable -q amazon-ssm-agent.service"],
  },
  "aventer-mesos": {
    "lib/systemd/system/mesos-master.service": sleeps(),
    "lib/systemd/system/mesos-agent.service": sleeps(),
    "DEBIAN/postinst": ["#!/bin/sh", "systemctl enable -q mesos-master.service mesos-agent.service"],
  },
  "cinc-server-core": { "usr/bin/cinc-server-ctl": "#!/bin/sh\n" },
  "sensu-go-backend": { "lib/systemd/system/sensu-backend.service": sleeps() },
  "sensu-go-cli": { "usr/bin/sensuctl": "#!/bin/sh\n" },
  "go-server": { "lib/systemd/system/go-server.service": sleeps() },
  "go-agent": { "lib/systemd/system/go-agent.service": sleeps() },
};

/** A package of that name with these files, as text or lines. */
async function deb(folder: string, name: string, files: Files): Promise<string> {
  const work = join(folder, `${name}.d`);
  const depends = name === "cinc" ? ["Depends: ruby"] : [];
  const control = [
    ...[`Package: ${name}`, "Version: 1.0", "Architecture: all", "Maintainer: e2e <e2e@localhost>", ...depends],
    `Description: stand-in for ${name}`,
  ];
  for (const [path, text] of Object.entries({ "DEBIAN/control": control, ...files })) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    const mode = /bin\/|postinst$/.test(path) ? 0o755 : 0o644;
    writeFileSync(join(work, path), typeof text === "string" ? text : `${text.join("\n")}\n`, { mode });
  }
  // What stands in for Chef evaluates the recipes that a machine has.
  if (name === "cinc") {
    cpSync(join(root, "systems/guestbook-mesos/chef/test"), join(work, "opt/cinc-stand-in"), {
      recursive: true,
      filter: (path) => !path.endsWith(".ts"),
    });
  }
  chmodSync(work, 0o755);
  await shell(folder, 'dpkg-deb --root-owner-group --build "$1" "$2"', work, `${name}.deb`);
  return `${name}.deb`;
}

/** Files of others as Packer's variables name them: `NAME_url`, `NAME_sha256`. */
export type Variables = Readonly<Record<string, string>>;

/** A place that serves stand-ins for the files of others, on a network. */
export class ThirdParty {
  private constructor(
    private readonly url: string,
    private readonly folder: string,
  ) {}

  static async start(network: string, cleanUp: CleanUp): Promise<ThirdParty> {
    const folder = temporaryFolder("third-party");
    for (const [name, files] of Object.entries(debs)) await deb(folder, name, files);
    for (const program of ["consul", "consul-template"]) {
      cpSync(join(__dirname, "stand-ins/agent"), join(folder, program));
      await shell(folder, 'python3 -m zipfile -c "$1.zip" "$1"', program);
    }
    await shell(
      folder,
      'mkdir -p java/bin && printf "#!/bin/sh\\n" >java/bin/java && chmod +x java/bin/java && tar -czf java.tar.gz java',
    );
    chmodSync(folder, 0o755);
    const name = uniqueName("third-party");
    cleanUp.container(name);
    const serve = ["python3", "-m", "http.server", "--directory", "/files", "8000"];
    const mount = ["-v", `${folder}:/files:ro`, "--entrypoint", serve[0]!];
    await docker("run", "-d", "--name", name, "--network", network, ...mount, await emulatorImage(), ...serve.slice(1));
    return new ThirdParty(`http://${name}:8000`, folder);
  }

  /** What Packer is told for a role: each variable of its template that names a file, with the stand-in for it. */
  variables(role: string): Variables {
    const wanted = declared(role).filter((name) => name.endsWith("_url") && stands[name.slice(0, -4)]);
    const images = declared(role).filter((name) => name.endsWith("_image"));
    return Object.fromEntries([
      ...wanted.flatMap((name) => {
        const [variable, file] = [name.slice(0, -4), stands[name.slice(0, -4)]!];
        const digest = createHash("sha256")
          .update(readFileSync(join(this.folder, file)))
          .digest("hex");
        return [
          [name, `${this.url}/${file}`],
          [`${variable}_sha256`, digest],
        ];
      }),
      ...images.map((name) => [name, `registry.invalid/${name.replace("_image", "")}@sha256:${"a".repeat(64)}`]),
    ]);
  }
}

/** Which file stands in for which variable. */
const stands: Readonly<Record<string, string>> = {
  cinc: "cinc.deb",
  consul: "consul.zip",
  consul_template: "consul-template.zip",
  sensu_agent: "sensu-go-agent.deb",
  session_manager_agent: "amazon-ssm-agent.deb",
  mesos: "aventer-mesos.deb",
  cinc_server: "cinc-server-core.deb",
  sensu_backend: "sensu-go-backend.deb",
  sensu_cli: "sensu-go-cli.deb",
  java: "java.tar.gz",
  gocd_server: "go-server.deb",
  gocd_agent: "go-agent.deb",
};

/** Variables that the template of a role declares. */
const declared = (role: string) => [...template(role).matchAll(/^variable "(.*?)"/gm)].map(([, name]) => name!);

/** Debian's packages that the template of a role installs. */
export const packagesOf = (role: string): string[] =>
  [...template(role).matchAll(/^ *(?:common_)?packages += (\[.*\])$/gm)].flatMap(([, list]) => JSON.parse(list!));

/** All that Packer reads in the folder of a role. */
function template(role: string): string {
  const folder = join(root, "packer", role);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

async function shell(cwd: string, script: string, ...args: string[]): Promise<void> {
  await succeeded(run("sh", ["-ec", script, "sh", ...args], { cwd, env: process.env }));
}
