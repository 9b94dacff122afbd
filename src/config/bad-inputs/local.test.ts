import { describe, expect, it } from "vitest";
import { isLocal, loadEnvironments } from "..";
import { inFolder, mistakesOf, refusalOf } from "./description";

const whole = (files: Record<string, string>) => inFolder(files, loadEnvironments);
const refusal = (text: string) => `\n${refusalOf(text, "local.yaml")}`;

describe("a description of the local engine", () => {
  it("needs no more than what it is about, and a system", () => {
    const [environment] = whole({ "local.yaml": "target: docker\nguestbook: {}\n" });
    expect(environment).toMatchObject({
      ...{ target: "docker", name: "local", onRemoval: "keep", suppressions: [] },
      guestbook: {
        ...{ port: 8082, version: "1.0.0" },
        ...{ cache: { engine: "redis", version: "7.1" }, database: { version: "17" } },
      },
    });
    expect(environment).not.toHaveProperty("wordpress");
    expect(Object.isFrozen(environment)).toBe(true);
  });

  it("fills in the version of WordPress that can be built, and the engine's own of the cache", () => {
    const text = "target: docker\nwordpress: {}\nguestbook: { cache: { engine: valkey } }\n";
    expect(whole({ "local.yaml": text })[0]).toMatchObject({
      wordpress: { image: expect.stringMatching(/^\d+\.\d+\.\d+-\d+$/), port: 8080 },
      guestbook: { cache: { engine: "valkey", version: "8.0" } },
    });
  });

  it("is told apart from those of AWS, which may say aws", () => {
    const aws = "target: aws\nregion: eu-west-1\n";
    const kinds = whole({ "dev.yaml": aws, "local.yaml": "target: docker\n", "old.yaml": "region: eu-west-1\n" });
    expect(kinds.map(isLocal)).toEqual([false, true, false]);
  });

  const cases: [title: string, text: string, message: string][] = [
    [
      "a target that is none",
      "target: podman\nregion: eu-west-1\n",
      `
local.yaml:1:9 TARGET
  at    target
  got   "podman"
  want  aws or docker
  fix   leave it out for AWS, or write docker for the engine of this machine`,
    ],
    [
      "keys of AWS at the top",
      "target: docker\nregion: eu-west-1\n",
      `
local.yaml:2:1 KEY_TARGET
  at    region
  got   "region"
  want  one of target, onRemoval, suppressions, wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos: region is a key of an environment on AWS
  fix   remove it, or remove target: docker`,
    ],
    [
      "keys of AWS further in",
      "target: docker\ndashboard: { port: 5000, database: { class: db.t4g.micro } }\n",
      `
local.yaml:2:38 KEY_TARGET
  at    dashboard.database.class
  got   "class"
  want  one of version: class is a key of an environment on AWS
  fix   remove it, or remove target: docker`,
    ],
    [
      "a misspelt key",
      "target: docker\nguestbook: { versoin: 1.0.0 }\n",
      `
local.yaml:2:14 KEY_UNKNOWN
  at    guestbook.versoin
  got   "versoin"
  want  one of port, version, cache, database
  fix   did you mean version?`,
    ],
    [
      "a port that two systems have",
      "target: docker\nwordpress: {}\nguestbook: { port: 8080 }\n",
      `
local.yaml:3:20 PORT_DUP
  at    guestbook.port
  got   8080
  want  a port of its own: 8080 is that of wordpress of local.yaml
  fix   write another port`,
    ],
    [
      "a secret in clear text",
      "target: docker\nwordpress: { environment: { MY_PASSWORD: hunter2hunter2 } }\n",
      `
local.yaml:2:42 SECRET_PLAIN
  at    wordpress.environment.MY_PASSWORD
  got   a value (not shown)
  want  no secret in a description: who reads it would know it
  fix   remove it: what a local system needs of secrets is made for it, in files`,
    ],
    [
      "a variable that Slipway sets itself",
      'target: docker\nwordpressMysql: { environment: { WORDPRESS_DB_PASSWORD_FILE: "/x" } }\n',
      `
local.yaml:2:34 ENV_DUP
  at    wordpressMysql.environment.WORDPRESS_DB_PASSWORD_FILE
  got   "WORDPRESS_DB_PASSWORD_FILE"
  want  a variable that Slipway does not set itself
  fix   remove it`,
    ],
    [
      "a version of the cache that AWS has not",
      'target: docker\nguestbook: { cache: { engine: valkey, version: "9.9" } }\n',
      `
local.yaml:2:48 CACHE_ENGINE
  at    guestbook.cache.version
  got   "9.9"
  want  a version of valkey that AWS has too: 7.2, 8.0, 8.1, 8.2
  fix   write "8.0"`,
    ],
    [
      "an image that floats",
      "target: docker\nwordpress: { image: latest }\n",
      `
local.yaml:2:21 IMAGE_REF
  at    wordpress.image
  got   "latest"
  want  a tag: 1 to 128 letters, digits and characters of _.-, the first no dot or dash, and not latest
  fix   leave it out, or write a version such as 6.8.3-1`,
    ],
  ];
  it.each(cases)("is refused with %s", (_, text, message) => expect(refusal(text)).toBe(message));

  it("leaves to AWS what only AWS has, and says so there as well", () => {
    const text = "region: eu-west-1\nguestbook: { port: 8082 }\n";
    const { mistakes } = mistakesOf({ "dev.yaml": text });
    expect(mistakes).toContainEqual(
      expect.objectContaining({
        ...{ code: "KEY_TARGET", path: "guestbook.port", fix: "remove it" },
        want: expect.stringMatching(/: port is a key of an environment with target: docker$/),
      }),
    );
  });

  it("shares neither ports nor stacks with another one of the same engine", () => {
    const { mistakes } = mistakesOf({
      "local.yaml": "target: docker\nwordpressMysql: {}\n",
      "mysql-local.yaml": "target: docker\nwordpress: { port: 8081 }\n",
    });
    expect(mistakes.map(({ code, path }) => [code, path])).toEqual([
      ["NAME_COLLISION", "wordpress"],
      ["PORT_DUP", "wordpress.port"],
    ]);
  });
});
