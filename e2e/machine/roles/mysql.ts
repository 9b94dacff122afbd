import { Netmask } from "netmask";
import { expect } from "vitest";
import images from "../../../packer/images.json";
import { query } from "../harness/database";
import { blankVolume } from "../harness/volume";
import type { RoleUnderTest, World } from "./role";

// As the stack names user and database.
const account = { username: "wordpress", password: `quote ' dollar $HOME back\\slash`, database: "wordpress" };
const rotated = { ...account, password: "another-one-4711" };
const secret = ({ username, password }: typeof account) => ({ username, password });
const range = (cidr: string) => `${new Netmask(cidr).base}/${new Netmask(cidr).mask}`;
const hostIn = (cidr: string) => new Netmask(cidr).base.replace(/\d+$/, (last) => `${Number(last) + 10}`);
const volumeId = "vol-0e2e0e2e0e2e0e2e0";

export const mysql: RoleUnderTest = {
  role: "mysql",
  playbook: "systems/wordpress-mysql/ansible/playbook.yml",
  playbookVariables: async () => ({ mysql_release: images.mysql.version.split("-")[0] }),
  units: ["slipway-mysql-volume.service", "mariadb.service", "slipway-mysql-accounts.service"],
  secrets: [account.password, rotated.password],

  bootedBy: {
    stack: "wordpress-mysql-dev",
    address: "aws_instance.database_instance_D7FC2283",
    edits: ({ cidr }) => ({
      dev: (description) => {
        description.setIn(["wordpressMysql", "network", "cidr"], cidr);
        description.setIn(["wordpressMysql", "database", "machine", "address"], hostIn(cidr));
      },
    }),
  },

  launch: async ({ emulator, cleanUp }: World) => ({
    values: {
      "aws_secretsmanager_secret.database-account_secret_0F4C2E19.arn": await emulator.putSecret(
        "wordpress-database",
        secret(account),
      ),
      "aws_ebs_volume.database_data_B2AB3265.id": volumeId,
    },
    volume: { id: volumeId, device: await blankVolume(512, cleanUp) },
  }),

  serves: async (machine, { network, cidr }) => {
    const host = machine.name;
    const ask = (statement: string) => query(network, host, account, statement);
    expect(await ask("SHOW DATABASES")).toBe("information_schema\nwordpress");
    expect(await ask("SELECT CURRENT_USER()")).toBe(`wordpress@${range(cidr)}`);
    await ask("CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('before the reboot')");
    await expect(query(network, host, rotated, "SELECT 1")).rejects.toThrow(/Access denied/);
    // Nobody else can come in by the network: root has the socket only.
    expect(await machine.run("mysql", "-BNe", "SELECT User, Host FROM mysql.user ORDER BY 1")).toBe(
      `mariadb.sys\tlocalhost\nmysql\tlocalhost\nroot\tlocalhost\nwordpress\t${range(cidr)}`,
    );
    expect(await machine.run("findmnt", "-no", "FSTYPE,LABEL", "/var/lib/mysql")).toMatch(/^ext4\s+slipway-mysql$/);
  },

  refuses: async (machine) => {
    const settings = JSON.parse(await machine.run("cat", "/etc/slipway/mysql.json"));
    const accounts = async (change: object) => {
      const json = JSON.stringify({ ...settings, ...change });
      await machine.run("sh", "-c", 'printf %s "$1" > /etc/slipway/mysql.json', "sh", json);
      return machine.run("sh", "-c", "/usr/local/lib/slipway/mysql-accounts 2>&1 || true");
    };
    expect(await accounts({ clientNetwork: "0.0.0.0/0" })).toMatch(/0\.0\.0\.0\/0 is larger than a network/);
    expect(await accounts({ clientNetwork: "10.0.0.1/24" })).toMatch(
      /clientNetwork: 10\.0\.0\.1\/24 has host bits set/,
    );
    expect(await accounts({ database: "a`b" })).toBe("database: letters, digits and underscores only");
    expect(await accounts({ secretArn: "arn:aws:s3:::x" })).toMatch(/arn:aws:s3:::x.*: not the ARN of a secret/);
    expect(await accounts({ secretArn: `${settings.secretArn}x` })).toMatch(/x: .*ResourceNotFoundException/);
    expect(await accounts({})).toMatch(/^wordpress from .* has wordpress$/);

    // A volume with anything on it that is not ours is never formatted, and ours not a second time.
    const prepare = `import runpy, sys; runpy.run_path("/usr/local/lib/slipway/mysql-volume")["prepare"](sys.argv[1])`;
    const volume = async (fill: string) => {
      await machine.run("sh", "-c", `rm -f /tmp/v; truncate -s 16M /tmp/v; ${fill}`);
      const before = await machine.run("sha256sum", "/tmp/v");
      const said = await machine.run("sh", "-c", `python3 -c '${prepare}' /tmp/v 2>&1 || true`);
      return { said, touched: (await machine.run("sha256sum", "/tmp/v")) !== before };
    };
    const refusal = { said: "/tmp/v: is neither blank nor labelled slipway-mysql; not touched", touched: false };
    expect(await volume("mkfs.ext4 -q -L other /tmp/v")).toEqual(refusal);
    expect(await volume("printf 'label: gpt\\n' | sfdisk -q /tmp/v")).toEqual(refusal);
    expect(await volume("printf data | dd of=/tmp/v bs=1 seek=5000 conv=notrunc status=none")).toEqual(refusal);
    expect(await volume("mkfs.ext4 -q -L slipway-mysql /tmp/v")).toEqual({ said: "", touched: false });
    expect(await volume("true")).toEqual({ said: "/tmp/v: blank, gets a file system", touched: true });
  },

  beforeReboot: async ({ emulator }) => {
    await emulator.putSecret("wordpress-database", secret(rotated));
  },

  stillServes: async (machine, { network }) => {
    expect(await query(network, machine.name, rotated, "SELECT word FROM kept")).toBe("before the reboot");
    await expect(query(network, machine.name, account, "SELECT 1")).rejects.toThrow(/Access denied/);
  },
};
