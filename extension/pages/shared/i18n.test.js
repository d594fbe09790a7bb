import "./support.test.js";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { explained } from "../panel/keys.js";
import { t, tn } from "./i18n.js";

const root = new URL("../../", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");
const locales = readdirSync(new URL("_locales/", root));
const messages = Object.fromEntries(locales.map((name) => [name, JSON.parse(read(`_locales/${name}/messages.json`))]));

const sources = ["pages", "background", "lib"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".js") && !path.endsWith(".test.js"))
    .map((path) => read(`${folder}/${path}`)),
);

/** Keys that the code names. */
function keysInUse() {
  const keys = new Set(explained.map(([, key]) => key));
  for (const source of sources) {
    // Any string that is a key: a branch of a condition, an entry of a table.
    for (const [, key = ""] of source.matchAll(/"([A-Za-z_]+)"/g)) if (key in messages["en"]) keys.add(key);
    for (const [, key = ""] of source.matchAll(/\bt\("([A-Za-z_]+)"/g)) keys.add(key);
    for (const [, key = ""] of source.matchAll(/(?:message|title): "([A-Za-z_]+)"/g)) keys.add(key);
    for (const [, key = ""] of source.matchAll(/nameDocument\("([A-Za-z_]+)"/g)) keys.add(key);
    for (const [, key = ""] of source.matchAll(/\btn\("([A-Za-z_]+)"/g)) keys.add(`${key}_one`).add(`${key}_other`);
    // Keys that are put together: the prefix stands in a template.
    for (const [, prefix = ""] of source.matchAll(/\bt\(`([A-Za-z_]+)\$\{/g)) {
      for (const key of Object.keys(messages["en"])) if (key.startsWith(prefix)) keys.add(key);
    }
  }
  for (const [, key = ""] of read("manifest.json").matchAll(/__MSG_(\w+)__/g)) keys.add(key);
  return keys;
}

test("every key that is used has a message", () => {
  const missing = [...keysInUse()].filter((key) => !(key in messages["en"]));
  assert.deepEqual(missing, []);
});

test("every message is used", () => {
  const used = keysInUse();
  const unused = Object.keys(messages["en"]).filter((key) => !used.has(key));
  assert.deepEqual(unused, []);
});

test("every language has the same keys with the same substitutions", () => {
  const places = (/** @type {string} */ text) => [...new Set(text.match(/\$\d/g))].sort().join();
  for (const name of locales) {
    assert.deepEqual(Object.keys(messages[name]), Object.keys(messages["en"]), name);
    for (const [key, { message }] of Object.entries(messages[name])) {
      assert.notEqual(message, "", `${name} ${key}`);
      assert.equal(places(message), places(messages["en"][key].message), `${name} ${key}`);
    }
  }
});

test("the stores' limit on the description holds", () => {
  for (const name of locales) assert.ok(messages[name].extensionDescription.message.length <= 132, name);
});

test("counts choose their form and write their number", () => {
  assert.equal(tn("indicators", 1), "1 indicator");
  assert.equal(tn("indicators", 0), "0 indicators");
  assert.equal(tn("indicators", 1234), "1,234 indicators");
  assert.equal(t("coverageKnown", 7, 31), "7 of 31 known");
});
