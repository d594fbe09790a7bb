import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.chrome = /** @type {any} */ ({
  runtime: { id: "ours", getURL: (/** @type {string} */ path) => `chrome-extension://ours/${path}` },
});
const { isBackground, isOwnPage } = await import("../lib/browser.js");
const { route } = await import("./route.js");

const table = { state: () => "state" };
const page = { id: "ours", url: "chrome-extension://ours/pages/panel/panel.html", origin: "chrome-extension://ours" };

test("only our own pages are answered", () => {
  const senders = [
    { name: "panel", sender: page, own: true },
    { name: "options in a tab", sender: { ...page, tab: { id: 1 } }, own: true },
    {
      name: "content script",
      sender: { id: "ours", url: "https://hostile.example/", origin: "https://hostile.example", tab: { id: 1 } },
      own: false,
    },
    { name: "content script that claims our address", sender: { ...page, origin: "https://hostile.example" }, own: false },
    { name: "address that begins like ours", sender: { ...page, url: "chrome-extension://ours.hostile.example/" }, own: false },
    { name: "no origin", sender: { id: "ours", url: page.url }, own: false },
    { name: "opaque origin", sender: { ...page, origin: "null" }, own: false },
    { name: "no address", sender: { id: "ours", origin: page.origin }, own: false },
    {
      name: "another extension",
      sender: { id: "other", url: "chrome-extension://other/x.html", origin: "chrome-extension://other" },
      own: false,
    },
    { name: "nobody", sender: {}, own: false },
  ];
  for (const { name, sender, own } of senders) assert.equal(isOwnPage(/** @type {any} */ (sender)), own, name);
});

test("pages believe the background alone", () => {
  assert.equal(isBackground(/** @type {any} */ ({ id: "ours", url: "chrome-extension://ours/background/main.js" })), true);
  assert.equal(isBackground(/** @type {any} */ ({ ...page, tab: { id: 1 } })), false);
  assert.equal(isBackground(/** @type {any} */ ({ id: "ours", url: "https://hostile.example/" })), false);
});

test("what is asked decides who answers, and strangers hear nothing", () => {
  assert.equal(route({ verb: "state" }, true, table), table.state);
  assert.equal(route({ verb: "state" }, false, table), "silent");
  assert.equal(route({ verb: "nothing" }, true, table), "unknown");
  for (const verb of ["constructor", "__proto__", "toString", "hasOwnProperty"])
    assert.equal(route({ verb }, true, table), "unknown", verb);
  for (const message of [null, undefined, 1, "state", {}, { verb: 1 }, { event: "changed", what: "job" }])
    assert.equal(route(message, true, table), "silent");
});
