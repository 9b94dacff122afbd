import { describe, expect, it } from "vitest";
import { type Change, refusalOf } from "./description";

const cases: [title: string, change: Change, message: string][] = [
  [
    "a template in a key (bad input 103)",
    { top: 'tags: { "${1+1}": two }' },
    `
dev.yaml:2:9 KEY_TEMPLATE
  at    tags
  got   "\${1+1}"
  want  a key without \${ and %{, which Terraform would evaluate
  fix   write the key as plain text`,
  ],
  [
    "a directive in a key (bad input 103)",
    { service: 'environment: { "%{ if true }": x }' },
    `
dev.yaml:10:42 KEY_TEMPLATE
  at    wordpress.services.shop.environment
  got   "%{ if true }"
  want  a key without \${ and %{, which Terraform would evaluate
  fix   write the key as plain text`,
  ],
  [
    "a token of CDKTF (bad input 105)",
    { service: 'environment: { A: "${TfToken[TOKEN.999]}" }' },
    `
dev.yaml:10:45 TEMPLATE_TOKEN
  at    wordpress.services.shop.environment.A
  got   text with {TfToken[
  want  text that does not look like a CDKTF token
  fix   write the value itself`,
  ],
  [
    "a control character (bad inputs 108, 112)",
    { service: 'environment: { A: "a\\0b" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+0000
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "a carriage return (bad inputs 108, 112)",
    { service: 'environment: { A: "a\\rb" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+000D
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "a line separator (bad input 112)",
    { service: 'environment: { A: "a\\u2028b" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+2028
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "text that runs backwards (bad input 112)",
    { service: 'environment: { A: "a\\u202Eb" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+202E
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "a character of no width (bad input 112)",
    { service: 'environment: { A: "a\\u200Bb" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+200B
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "half a character (bad input 112)",
    { service: 'environment: { A: "a\\uD800b" }' },
    `
dev.yaml:10:45 TEXT_CONTROL
  at    wordpress.services.shop.environment.A
  got   text with U+D800
  want  text without control and invisible characters
  fix   remove the character, or type the line again`,
  ],
  [
    "a key that changes all objects (bad input 110)",
    { top: "tags: { __proto__: { polluted: true } }" },
    `
dev.yaml:2:9 KEY_FORBIDDEN
  at    tags
  got   "__proto__"
  want  a key that is not a word of JavaScript itself
  fix   choose another name`,
  ],
  [
    "a key that every object has (bad input 110)",
    { services: "constructor: { image: 1.0.0 }" },
    `
dev.yaml:11:5 KEY_FORBIDDEN
  at    wordpress.services
  got   "constructor"
  want  a key that is not a word of JavaScript itself
  fix   choose another name`,
  ],
  [
    "a truth value of YAML 1.1 (bad input 113)",
    { database: "multiAz: no" },
    `
dev.yaml:5:45 FLAG
  at    wordpress.database.multiAz
  got   "no"
  want  true or false
  fix   write false: in YAML 1.2, no is text`,
  ],
  [
    "a key twice (bad input 113)",
    { top: "region: us-east-1" },
    `
dev.yaml:2:1 YAML_DUP_KEY
  got   "region" again
  want  each key once in the file
  fix   remove one of the two, or merge them`,
  ],
  [
    "a merge of YAML 1.1 (bad input 113)",
    { top: "tags: { <<: { a: b } }" },
    `
dev.yaml:2:9 YAML_MERGE
  at    tags
  got   "<<"
  want  each key in its own map: YAML 1.2 does not merge maps
  fix   write the keys out`,
  ],
  [
    "a tab as indentation (bad input 113)",
    { wordpress: "registry:\n\t  keepImages: 9" },
    `
dev.yaml:9:1 YAML_TAB
  got   text that is not valid there
  want  indentation by spaces
  fix   replace the tab by spaces`,
  ],
  [
    "a tag of YAML (bad input 113)",
    { top: "tags: { owner: !!js/function 'x' }" },
    `
dev.yaml:2:16 YAML_TAG
  got   text that is not valid there
  want  plain values without tags
  fix   remove the word that begins with !`,
  ],
  [
    "an alias of nothing (bad input 113)",
    { top: "tags: { owner: *hunter2 }" },
    `
dev.yaml:2:16 YAML_ALIAS
  at    tags.owner
  got   a word that begins with *
  want  an anchor that this file defines further up
  fix   put text that begins with * in quotes, or define the anchor with &`,
  ],
  [
    "a second document",
    { services: "blog: { image: 1.0.0, route: { path: /b } }\n---\nregion: eu-west-1" },
    `
dev.yaml:12:1 YAML_DOCUMENTS
  got   a second document
  want  one document per file
  fix   remove the line ---, or move what follows to a file of its own`,
  ],
  [
    "a bracket that nobody closed",
    { network: "cidr: [" },
    `
dev.yaml:4:55 YAML_SYNTAX
  got   text that is not valid there
  want  the lines of a map or list indented alike, and an end for each bracket
  fix   align the line with its neighbours, or close the bracket before it

dev.yaml:5:3 YAML_SYNTAX
  got   text that is not valid there
  want  the lines of a map or list indented alike, and an end for each bracket
  fix   align the line with its neighbours, or close the bracket before it`,
  ],
  [
    "a misspelt key (bad input 116)",
    { machines: "desierd: 1" },
    `
dev.yaml:6:15 KEY_UNKNOWN
  at    wordpress.machines.desierd
  got   "desierd"
  want  one of type, min, desired, max, volumeGib, image, size
  fix   did you mean desired?`,
  ],
  [
    "a key at the wrong place (bad input 116)",
    { top: "cidr: 10.0.0.0/16" },
    `
dev.yaml:2:1 KEY_UNKNOWN
  at    cidr
  got   "cidr"
  want  one of region, target, account, onRemoval, removalReason, state, tags, suppressions, wordpress, wordpressMysql, guestbook, dashboard, guestbookMesos
  fix   remove it, or move it to where it belongs`,
  ],
  [
    "a section without content (bad input 116)",
    { wordpress: "registry:" },
    `
dev.yaml:8:12 VALUE_FORM
  at    wordpress.registry
  got   nothing
  want  a map with keys such as repository
  fix   write its keys on lines of their own, further in`,
  ],
  [
    "a list where a map belongs (bad input 116)",
    { wordpress: "registry: [a]" },
    `
dev.yaml:8:13 VALUE_FORM
  at    wordpress.registry
  got   a list of 1
  want  a map with keys such as repository
  fix   write its keys on lines of their own, further in`,
  ],
  [
    "text longer than any setting (bad input 122)",
    { service: `environment: { A: ${"x ".repeat(10_000)} }` },
    `
dev.yaml:10:45 LIMIT_TEXT
  at    wordpress.services.shop.environment.A
  got   text of 19999 characters
  want  at most 16384 characters
  fix   keep long texts in the image`,
  ],
];

describe("mistakes in the text", () => {
  it.each(cases)("include %s", (_, change, message) => {
    expect(`\n${refusalOf(change)}`).toBe(message);
  });
});
