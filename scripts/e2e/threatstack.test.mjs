// Threat Stack in the extension, both versions of its API: profiles made on the options
// page, tested, asked about a page, and indexed. SHOTS=folder leaves pictures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addProfile, showView, testProfile, threatStackProfile, waitForPreview } from "./lib/analyst.mjs";
import { audit } from "./lib/audit.mjs";
import { readTab } from "./lib/gesture.mjs";
import { ask, everything, waitUntilFilled } from "./lib/index.mjs";
import { startProxy } from "./lib/proxy.mjs";
import { setStage } from "./lib/stage.mjs";

const shots = process.env.SHOTS ?? "";
const narrow = { width: 360, height: 760 };

let stage, sandbox, options;
const ids = {};

before(async () => {
  stage = await setStage({ profiles: false, cases: 100 });
  sandbox = await startProxy(stage.sandbox.url);
  options = await stage.chromium.open(stage.chromium.url("pages/options/options.html"));
}, { timeout: 60_000 });

after(async () => {
  await stage?.strike();
  await sandbox?.stop();
});

const clean = async (page, name) => assert.deepEqual(await audit(page, name, { shots }), []);

/** Looks up what a page holds, and answers the alerts and what the source says. */
async function lookAt(path) {
  const page = await stage.chromium.open(stage.pages.url + path);
  await readTab(stage.chromium, page);
  const panel = await stage.chromium.open(stage.chromium.url("pages/panel/panel.html"));
  await panel.setViewport(narrow);
  await waitForPreview(panel);
  await showView(panel, "related");
  await panel.locator('[data-action="look-up"]:not([disabled])').click();
  await panel.waitForSelector("[data-source]", { timeout: 60_000 });
  const read = await panel.evaluate(() => ({
    kinds: [...document.querySelectorAll("[data-result]")].map((card) => card.dataset.kind),
    sources: Object.fromEntries([...document.querySelectorAll("[data-source]")].map((row) => [row.dataset.source, { state: row.dataset.state, words: row.textContent.replace(/\s+/g, " ").trim() }])),
  }));
  return { ...read, panel, page };
}

test("profiles of both versions: what the form asks, and a test of each", { timeout: 60_000 }, async () => {
  await options.locator('[data-add="threatstack"]').click();
  await options.locator('[data-form="threatstack"]').wait();
  await clean(options, "threat stack form 2");
  await options.select("#apiVersion", "1");
  await options.waitForFunction(() => !document.querySelector("#identity"));
  await clean(options, "threat stack form 1");
  await options.locator('[data-action="cancel"]').click();

  ids.two = await addProfile(stage.desktop, options, "threatstack", threatStackProfile(stage.sandbox, { baseUrl: sandbox.url }));
  ids.one = await addProfile(stage.desktop, options, "threatstack", threatStackProfile(stage.sandbox, { apiVersion: "1", baseUrl: sandbox.url }), { prompts: false });
  for (const id of [ids.two, ids.one]) {
    const { ok, words } = await testProfile(options, id);
    assert.ok(ok, words);
  }
  await clean(options, "threat stack profiles");
});

test("a page's indicators are found in alerts, by both versions", { timeout: 120_000 }, async () => {
  const { kinds, sources, panel, page } = await lookAt("/vendor-report.html");
  assert.ok(kinds.length > 0, JSON.stringify(sources));
  assert.deepEqual([...new Set(kinds)], ["alert"]);
  for (const id of [ids.two, ids.one]) assert.notEqual(sources[id].state, "failed", sources[id].words);
  assert.equal(await panel.$('[data-covered="new"]'), null, "the newest alerts alone prove nothing new");
  await clean(panel, "related alerts");
  await panel.close();
  await page.close();
});

test("an index of the alerts answers without a call", { timeout: 180_000 }, async (t) => {
  await ask(options, { verb: "profile.delete", id: ids.one });
  await ask(options, { verb: "index.set", profileId: ids.two, settings: { ...everything, cases: 60 } });
  const began = Date.now();
  const filled = await waitUntilFilled(options, ids.two, { timeout: 150_000 });
  t.diagnostic(`${filled.done} alerts indexed in ${Math.round((Date.now() - began) / 1000)} s`);
  const before = sandbox.seen.length;
  const { kinds, sources } = await lookAt("/vendor-report.html");
  assert.ok(kinds.includes("alert"), JSON.stringify(sources));
  assert.equal(sandbox.seen.length, before, "nothing is sent where an index is kept");
});
