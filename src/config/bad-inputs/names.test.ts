import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "a service in another script (bad input 42)",
    { services: "日本: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_CHARSET
  at    wordpress.services["日本"]
  got   "日本"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write a word such as shop`,
  ],
  [
    "a service that begins with a digit (bad input 43)",
    { services: "1api: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_START
  at    wordpress.services.1api
  got   "1api"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write api`,
  ],
  [
    "a service that begins with a dash (bad input 43)",
    { services: "-api: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_START
  at    wordpress.services.-api
  got   "-api"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write api`,
  ],
  [
    "a service with a dot (bad input 41)",
    { services: "a.b: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_CHARSET
  at    wordpress.services["a.b"]
  got   "a.b"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write a-b`,
  ],
  [
    "a service with two dashes in a row (bad input 41)",
    { services: "a--b: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_DASH
  at    wordpress.services.a--b
  got   "a--b"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write a-b`,
  ],
  [
    "two services that differ by case (bad input 44)",
    { services: "Shop: { image: 1.0.0, route: { path: /b } }" },
    `
dev.yaml:11:5 NAME_CHARSET
  at    wordpress.services.Shop
  got   "Shop"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter
  fix   write shop

dev.yaml:11:5 NAME_CASE_DUP
  at    wordpress.services.Shop
  got   "Shop"
  want  a name that differs from shop by more than case
  fix   rename one of the two`,
  ],
  [
    "a name that is too long (bad input 45)",
    { services: `${"a".repeat(41)}: { image: 1.0.0, route: { path: /b } }` },
    `
dev.yaml:11:5 NAME_TOO_LONG
  at    wordpress.services.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  got   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  want  1 to 32 lower-case letters, digits and single dashes, the first a letter; it has 41
  fix   choose a shorter name`,
  ],
  [
    "a repository in capitals (bad input 50)",
    { wordpress: "registry: { repository: Shop/API }" },
    `
dev.yaml:8:27 ECR_NAME
  at    wordpress.registry.repository
  got   "Shop/API"
  want  2 to 256 lower-case letters and digits, in parts divided by single /, -, _ or .
  fix   write a name such as wordpress-dev/wordpress`,
  ],
  [
    "a repository with an empty part (bad input 50)",
    { wordpress: "registry: { repository: a//b }" },
    `
dev.yaml:8:27 ECR_NAME
  at    wordpress.registry.repository
  got   "a//b"
  want  2 to 256 lower-case letters and digits, in parts divided by single /, -, _ or .
  fix   write a name such as wordpress-dev/wordpress`,
  ],
  [
    "a repository that ends in a slash (bad input 50)",
    { wordpress: "registry: { repository: shop/ }" },
    `
dev.yaml:8:27 ECR_NAME
  at    wordpress.registry.repository
  got   "shop/"
  want  2 to 256 lower-case letters and digits, in parts divided by single /, -, _ or .
  fix   write a name such as wordpress-dev/wordpress`,
  ],
  [
    "a database named like a word of SQL (bad input 54)",
    { database: "name: select" },
    `
dev.yaml:5:42 RDS_DBNAME
  at    wordpress.database.name
  got   "select"
  want  1 to 63 letters, digits and underscores, the first a letter, and no word that MySQL reserves
  fix   name it after what it stores, such as wordpress`,
  ],
  [
    "a database that begins with a digit (bad input 54)",
    { database: "name: 1db" },
    `
dev.yaml:5:42 RDS_DBNAME
  at    wordpress.database.name
  got   "1db"
  want  1 to 63 letters, digits and underscores, the first a letter, and no word that MySQL reserves
  fix   name it after what it stores, such as wordpress`,
  ],
  [
    "a database with a dash (bad input 54)",
    { database: "name: my-db" },
    `
dev.yaml:5:42 RDS_DBNAME
  at    wordpress.database.name
  got   "my-db"
  want  1 to 63 letters, digits and underscores, the first a letter, and no word that MySQL reserves
  fix   name it after what it stores, such as wordpress`,
  ],
  [
    "an administrator that RDS keeps for itself (bad input 54)",
    { database: "user: rdsadmin" },
    `
dev.yaml:5:42 RDS_USERNAME
  at    wordpress.database.user
  got   "rdsadmin"
  want  1 to 16 letters, digits and underscores, the first a letter, and no word that MySQL reserves
  fix   name it after the application, such as wordpress`,
  ],
  [
    "an administrator of 17 characters (bad input 54)",
    { database: "user: abcdefghijklmnopq" },
    `
dev.yaml:5:42 RDS_USERNAME
  at    wordpress.database.user
  got   "abcdefghijklmnopq"
  want  1 to 16 letters, digits and underscores, the first a letter, and no word that MySQL reserves
  fix   name it after the application, such as wordpress`,
  ],
  [
    "a tag of AWS's own (bad input 55)",
    { top: "tags: { aws:owner: me }" },
    `
dev.yaml:2:9 TAG_KEY_RESERVED
  at    tags["aws:owner"]
  got   "aws:owner"
  want  a key without the prefix aws:, which is taken
  fix   choose another key`,
  ],
  [
    "a tag key over 128 characters (bad input 55)",
    { top: `tags: { ${"k".repeat(129)}: me }` },
    `
dev.yaml:2:9 TAG_KEY_LONG
  at    tags.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
  got   "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"… (129 characters)
  want  at most 128 characters; it has 129
  fix   shorten it`,
  ],
  [
    "a tag value over 256 characters (bad input 55)",
    { top: `tags: { owner: ${"v".repeat(257)} }` },
    `
dev.yaml:2:16 TAG_VALUE_LONG
  at    tags.owner
  got   "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"… (257 characters)
  want  at most 256 characters; it has 257
  fix   shorten it`,
  ],
  [
    "more tags than AWS takes (bad input 55)",
    { top: `tags: { ${Array.from({ length: 51 }, (_, n) => `t${n}: x`).join(", ")} }` },
    `
dev.yaml:2:7 TAG_TOO_MANY
  at    tags
  got   51 tags
  want  at most 40: AWS takes 50, and some are added
  fix   remove those that nobody reads`,
  ],
  [
    "tags that differ by case (bad input 55)",
    { top: "tags: { owner: me, Owner: you }" },
    `
dev.yaml:2:20 TAG_CASE_DUP
  at    tags.Owner
  got   "Owner"
  want  a key that differs from owner by more than case
  fix   remove it, or choose another key`,
  ],
  [
    "a tag that Slipway sets itself (bad input 55)",
    { top: "tags: { name: shop }" },
    `
dev.yaml:2:9 TAG_CASE_DUP
  at    tags.name
  got   "name"
  want  a key that differs from Name by more than case; Slipway sets Name itself
  fix   remove it, or choose another key`,
  ],
];

describe("mistakes in names", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
