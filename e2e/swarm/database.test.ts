import { afterAll, beforeAll, expect, it } from "vitest";
import { CleanUp, docker, tryDocker, uniqueName } from "../machine/harness/engine";
import { describeWith } from "../support/requirements";
import { makesImages } from "./images";
import { Postgres } from "./postgres";

// Everything that a careless encoder would trip over.
const superuser = `su:per\\us'er$1`;
const app = `it's "a" \\ :pass$(word) %s`;

describeWith("the dashboard's database", await makesImages(), () => {
  const cleanUp = new CleanUp();
  let postgres: Postgres;

  beforeAll(async () => {
    const network = uniqueName("net");
    await docker("network", "create", network);
    cleanUp.add(() => tryDocker("network", "rm", network));
    postgres = await Postgres.start(network, superuser, cleanUp);
  });
  afterAll(() => cleanUp.run());

  it("is loaded and verified by load-db.sh over TLS (S4-53, S4-57, S4-58)", async () => {
    expect(await postgres.load(app)).toMatchObject({ code: 0, output: expect.stringMatching(/loaded: two rows/) });
    // The whole text of the query and the answer is what a person does by hand after `\c dashboard`.
    expect(await postgres.query("dashboard", "\\dt")).toMatch(/public \| hardware \| table \| postgres/);
  });

  it("has one table of postgres with exactly the two rows, whose ids the server gives (S4-54, S4-55, S4-56, S4-D03)", async () => {
    expect(await postgres.query("dashboard", "SELECT * FROM hardware")).toBe(
      [
        " id | provider | name  ",
        "----+----------+-------",
        "  1 | Amazon   | c5",
        "  2 | Azure    | H16mr",
        "(2 rows)",
      ]
        .join("\n")
        .trim(),
    );
    await expect(postgres.query("dashboard", "INSERT INTO hardware VALUES (3, 'a', 'b')")).rejects.toThrow(
      'cannot insert a non-DEFAULT value into column "id"',
    );
  });

  it("stays as it is when it is loaded again, and keeps rows that were added since (S4-56)", async () => {
    await postgres.query("dashboard", "INSERT INTO hardware (provider, name) VALUES ('Google', 'n4')");
    expect((await postgres.load(app)).code).toBe(0);
    const rows = await postgres.query(
      "dashboard",
      "SELECT count(*), string_agg(id::text, ',' ORDER BY id) FROM hardware",
    );
    expect(rows).toContain("3 | 1,2,3");
    await postgres.query("dashboard", "DELETE FROM hardware WHERE id = 3");
  });

  it("can be made with psql alone, as the document does (S4-53)", async () => {
    const script = `PGPASSFILE=/tmp/p; export PGPASSFILE; umask 077; sed 's/[\\\\:]/\\\\&/g;s/^/*:*:*:*:/' /passwords/superuser > $PGPASSFILE
      psql -h "$1" -U postgres -f /database/database.sql`;
    expect(await postgres.client("sh", "-c", script, "sh", postgres.address)).toMatchObject({ code: 0 });
  });

  it("lets its application read the table and nothing else (S4-W01)", async () => {
    const as = (statement: string, database = "dashboard") =>
      postgres.queryAs("dashboard_app", app, database, statement);
    expect(await as("SELECT name FROM hardware")).toContain("H16mr");
    for (const statement of [
      "INSERT INTO hardware (provider, name) VALUES ('a', 'b')",
      "UPDATE hardware SET name = 'x'",
      "DELETE FROM hardware",
      "TRUNCATE hardware",
      "DROP TABLE hardware",
      "CREATE TABLE mine (id integer)",
    ]) {
      const writing = as(`SET default_transaction_read_only = off; BEGIN READ WRITE; ${statement}; COMMIT`);
      await expect(writing).rejects.toThrow(/permission denied|must be owner/);
    }
    const role = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'dashboard_app'";
    expect(await postgres.query("dashboard", role)).toMatch(/f +\| f +\| f/);
    expect(
      await postgres.query("dashboard", "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'dashboard_app'"),
    ).toContain("SCRAM-SHA-256");
  });

  it("shows no password in a statement, so that none is in the server's log", async () => {
    const log = await postgres.log();
    expect(log).toContain("ALTER ROLE dashboard_app LOGIN PASSWORD 'SCRAM-SHA-256$4096:");
    for (const password of [app, superuser]) {
      expect(log).not.toContain(password);
      expect(log).not.toContain(password.replaceAll("'", "''"));
    }
  });

  it.each([
    ["a wrong password", "other", [], /cannot connect to [\d.]+:5432 as postgres: .*password authentication failed/],
    ["no server", "", ["--port", "1"], /cannot connect to [\d.]+:1 as postgres: .*Connection refused/],
    ["a connection without TLS", "", ["--sslmode", "disable"], /cannot connect .*no encryption/],
  ])("says in a sentence what is wrong: %s", async (_, user, more, sentence) => {
    const wrong = user ? ["--password-file", "/passwords/app"] : [];
    const { code, output } = await postgres.load(app, ...more, ...wrong);
    expect([code, output]).toEqual([1, expect.stringMatching(sentence)]);
    expect(output).not.toContain(app);
  });

  it("refuses a password that the server would understand otherwise", async () => {
    const { code, output } = await postgres.load("pässword");
    expect([code, output]).toEqual([1, expect.stringContaining("it must be one line of printable ASCII characters")]);
  });

  it("says so when the rows are not those that were promised (S4-57)", async () => {
    await postgres.query("dashboard", "UPDATE hardware SET name = 'c6' WHERE id = 1");
    const { code, output } = await postgres.load(app);
    expect([code, output]).toEqual([1, expect.stringContaining("does not begin with the two rows")]);
  });
});
