// What the extension asks of its users and of their browsers. A change here is a
// change of the promise, and is to be made on purpose.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";

const here = new URL("./", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", here), "utf8"));

test("permissions are these and no others", () => {
  assert.deepEqual(manifest.permissions, ["activeTab", "scripting", "contextMenus", "storage", "sidePanel", "alarms"]);
  assert.deepEqual(manifest.optional_host_permissions, ["https://*/*", "http://127.0.0.1/*", "http://localhost/*"]);
  for (const key of [
    "host_permissions",
    "optional_permissions",
    "content_scripts",
    "web_accessible_resources",
    "externally_connectable",
  ]) {
    assert.equal(key in manifest, false, key);
  }
  assert.equal(manifest.incognito, "not_allowed");
});

test("pages run our own code alone and cannot be framed", () => {
  const policy = Object.fromEntries(
    manifest.content_security_policy.extension_pages
      .split("; ")
      .map((/** @type {string} */ part) => [part.split(" ")[0], part.split(" ").slice(1).join(" ")]),
  );
  assert.equal(policy["default-src"], "'none'");
  assert.equal(policy["script-src"], "'self' 'wasm-unsafe-eval'");
  for (const name of ["object-src", "frame-ancestors", "base-uri", "form-action"]) assert.equal(policy[name], "'none'", name);
});

test("every file that is named is there", () => {
  const { background, action, side_panel, sidebar_action, options_ui, icons } = manifest;
  const paths = [
    background.service_worker,
    ...background.scripts,
    action.default_popup,
    side_panel.default_path,
    sidebar_action.default_panel,
    options_ui.page,
    ...Object.values(icons),
  ];
  for (const path of paths) assert.ok(existsSync(new URL(path, here)), path);
});

test("every text that is named is there, in every language", () => {
  const names = [...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map((match) => match[1]);
  const menus = readFileSync(new URL("background/menus.js", here), "utf8");
  names.push(...[...menus.matchAll(/title: "(\w+)"/g)].map((match) => match[1]));
  assert.ok(names.length >= 6);
  for (const language of ["en", "de"]) {
    const texts = JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, here), "utf8"));
    for (const name of names) assert.ok(texts[name ?? ""]?.message, `${language}: ${name}`);
  }
});

test("what is injected into a page is at most 20 KB", (t) => {
  const bytes = ["collect.js", "highlight.js"].reduce((sum, name) => sum + statSync(new URL(`content/${name}`, here)).size, 0);
  t.diagnostic(`content scripts: ${bytes} bytes`);
  assert.ok(bytes <= 20_480, `${bytes} bytes`);
});

test("content scripts are two files of at most 20,000 bytes together, and nothing else is injected", () => {
  const folder = new URL("./content/", import.meta.url);
  const files = readdirSync(folder).sort();
  assert.deepEqual(files, ["collect.js", "highlight.js"]);
  const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
  assert.ok(bytes <= 20_000, `${bytes} bytes`);
  const background = new URL("./background/", import.meta.url);
  const injected = readdirSync(background)
    .filter((file) => file.endsWith(".js") && !file.endsWith(".test.js"))
    .flatMap((file) => [...readFileSync(new URL(file, background), "utf8").matchAll(/files: \[([^\]]*)\]/g)].map((match) => match[1]));
  assert.deepEqual([...new Set(injected)].sort(), ['"content/collect.js"', '"content/highlight.js"']);
});
