import { type BootPlan, readBootPlans, readSystemFiles, type SystemFile } from "../config";

/** What the stack takes from `systems/guestbook-mesos`, as it was when the synthesis began. */
export interface GuestbookMesosFiles {
  /** First boot of every machine: it fetches its cookbooks, or asks the Chef server. */
  readonly boot: BootPlan;
  /** Cookbooks, roles and environments of the Chef repository. */
  readonly chef: readonly SystemFile[];
}

const served = /^(cookbooks|roles|environments)\//;

/**
 * The Chef repository as machines get it, by path. An environment without a file of pins of its own gets one, with the versions that
 * the cookbooks have.
 */
export function cookbookFiles({ chef }: GuestbookMesosFiles, environment: string): Readonly<Record<string, string>> {
  const path = `environments/${environment}.json`;
  const written = Object.fromEntries(chef.map((file) => [file.path, file.text]));
  return { [path]: pinsOf(chef, environment), ...written };
}

function pinsOf(chef: readonly SystemFile[], name: string): string {
  const versions = chef.flatMap(({ path, text }) => {
    const [, cookbook] = /^cookbooks\/([^/]+)\/metadata\.rb$/.exec(path) ?? [];
    const [, version] = /^version\s+'([^']+)'/m.exec(text) ?? [];
    return cookbook && version ? [[cookbook, `= ${version}`] as const] : [];
  });
  const pins = {
    ...{ name, description: `Versions and values of the copy ${name}`, json_class: "Chef::Environment" },
    ...{ chef_type: "environment", cookbook_versions: Object.fromEntries(versions) },
    ...{ default_attributes: {}, override_attributes: {} },
  };
  return `${JSON.stringify(pins, null, 2)}\n`;
}

/** @param root folder of the project: where the program was started from */
export function guestbookMesosFiles(root: string): GuestbookMesosFiles {
  const { node } = readBootPlans(root, "systems/guestbook-mesos/boot/files.json", ["node"]);
  const repository = readSystemFiles(root, "systems/guestbook-mesos/chef");
  return { boot: node, chef: repository.filter(({ path }) => served.test(path)) };
}
