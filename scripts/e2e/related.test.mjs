// What is related, out of an index, in Chromium with the real menu: from the click to
// the ranked list, what it sends, and every state of it on the options page and in the
// panel, in light and dark, at 320 px, by the keyboard.
//
// SHOTS=folder leaves a picture of each state.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addProfile, showView, stellarProfile, trustarProfile, waitForPreview } from "./lib/analyst.mjs";
import { audit } from "./lib/audit.mjs";
import { answerPrompt, chooseFromMenu } from "./lib/chromium.mjs";
import { readTab } from "./lib/gesture.mjs";
import { ask, everything, progressOf, waitUntilFilled } from "./lib/index.mjs";
import { watched } from "./lib/probe.mjs";
import { sleep, until } from "./lib/process.mjs";
import { startProxy } from "./lib/proxy.mjs";
import { root } from "./lib/servers.mjs";
import { askSandbox, setStage } from "./lib/stage.mjs";

const shots = process.env.SHOTS ?? "";
const narrow = { width: 360, height: 760 };
// What stands in many cases of the sandbox, and what says nothing anywhere.
const common = `<!doctype html><title>Common values</title><p>Seen 198.18.0.3, 198.18.0.4, 198.18.0.7 and 198.18.0.9, https://www.google.com/ and 8.8.8.8.</p>`;

let stage, copy, station, sandbox, options, panel;

const clean = async (page, name) => assert.deepEqual(await audit(page, name, { shots }), []);
const seen = () => ({ station: station.seen.length, sandbox: sandbox.seen.length });

before(async () => {
  copy = watched(join(root, "extension"), "[data-result]");
  stage = await setStage({ profiles: false, cases: 800, made: { "/common.html": common }, extension: copy.folder });
  station = await startProxy(stage.station.url);
  sandbox = await startProxy(stage.sandbox.url);
  options = await stage.chromium.open(stage.chromium.url("pages/options/options.html"));
  stage.ids.trustar = await addProfile(stage.desktop, options, "trustar", trustarProfile({ ...stage.station, url: station.url }));
  stage.ids.stellar = await addProfile(stage.desktop, options, "stellarcyber", stellarProfile({ ...stage.sandbox, url: sandbox.url }), { prompts: false });
}, { timeout: 60_000 });

after(async () => {
  await stage?.strike();
  await station?.stop();
  await sandbox?.stop();
  copy?.remove();
});

const fault = (body) => askSandbox(stage.sandbox, "faults", body ? { method: "POST", body } : { method: "DELETE" });
const standing = (name, timeout = 30_000) => options.waitForSelector(`[data-index][data-standing="${name}"]`, { timeout });
const show = (page) => page.$eval("[data-index]", (part) => part.closest(".card").scrollIntoView({ block: "start" }));
const press = (action) => options.locator(`[data-index] [data-action="${action}"]:not([disabled])`).click();

/** Previews a page by the toolbar's gesture, opens the panel in a tab of its size, and looks up. */
async function lookAt(path) {
  const page = await stage.chromium.open(stage.pages.url + path);
  await readTab(stage.chromium, page);
  if (panel) await panel.close();
  panel = await stage.chromium.open(stage.chromium.url("pages/panel/panel.html"));
  await panel.setViewport(narrow);
  await waitForPreview(panel);
  await showView(panel, "related");
  await panel.locator('[data-action="look-up"]:not([disabled])').click();
  await panel.waitForSelector("[data-source]");
  return page;
}

const source = (id) => panel.$eval(`[data-source="${id}"]`, (row) => ({ state: row.dataset.state, indexed: row.dataset.indexed === "true", index: row.dataset.indexState, words: row.textContent.replace(/\s+/g, " ").trim() }));

test("options: off, with its budget; switched on, filling, stopped, waiting, up to date, checked", { timeout: 120_000 }, async () => {
  await options.bringToFront();
  await standing("off");
  await show(options);
  await clean(options, "index off");
  await options.$eval("[data-index] .budget", (budget) => (budget.open = true));
  await options.select('[data-budget="days"]', "90");
  await options.waitForFunction(() => document.querySelector("[data-index] .budget summary").textContent.includes("90"));
  await options.$eval("[data-index] details:last-of-type", (how) => (how.open = true));
  await clean(options, "index budget");
  await options.select('[data-budget="days"]', "0");
  await options.$eval("[data-index] .budget", (budget) => (budget.open = false));
  await options.$eval("[data-index] details:last-of-type", (how) => (how.open = false));

  await fault({ kind: "slow", operation: "observables", times: -1, delayMilliseconds: 150 });
  await press("index-switch");
  await standing("filling");
  await until("a part of it", async () => (await progressOf(options, stage.ids.stellar)).done > 30);
  await clean(options, "index filling");

  await lookAt("/vendor-report.html");
  const half = await source(stage.ids.stellar);
  assert.equal(half.index, "filling", half.words);
  assert.match(half.words, /being filled/);
  assert.equal(await panel.$eval("[data-coverage]", (line) => line.dataset.complete), "false");
  assert.equal(await panel.$('[data-covered="new"]'), null, "nothing is new while the index is being filled");
  await clean(panel, "related filling");

  await options.bringToFront();
  await press("index-stop");
  await standing("paused");
  await clean(options, "index stopped");
  await fault();
  await fault({ kind: "rate-limit", times: 6, retryAfter: "8" }); // longer than a call waits by itself
  await press("index-fill");
  await standing("waiting");
  await options.waitForSelector("[data-words]");
  await clean(options, "index waiting");
  await fault();
  await standing("idle", 60_000);
  await waitUntilFilled(options, stage.ids.stellar);
  await clean(options, "index up to date");
  await press("index-check");
  await options.waitForSelector('[data-checked="true"]');
  await clean(options, "index checked");
});

test("the real menu's click to the ranked list: one batch to TruSTAR, nothing to Stellar Cyber; a second look sends nothing", { timeout: 90_000 }, async (t) => {
  await panel.close();
  panel = null;
  const report = await stage.chromium.open(`${stage.pages.url}/vendor-report.html`);
  const { chromium, desktop } = stage;
  const spot = await report.$eval("h1", (heading) => {
    getSelection().selectAllChildren(document.body);
    const { left, top, height } = heading.getBoundingClientRect();
    return { x: left + 40, y: top + height / 2 };
  });
  /** Chooses "Look up related cases" in the page's menu and waits for the list; panel closed, worker stopped before. */
  const look = async () => {
    await report.bringToFront();
    await sleep(500);
    await chromium.stopWorker();
    const before = seen();
    let pressed = 0;
    await chooseFromMenu(desktop, report, spot, 2, { photograph: () => (pressed = Date.now()) });
    const surface = await chromium.surface("panel");
    await surface.waitForSelector("[data-result]", { timeout: 15_000 });
    const painted = await until("the list to be painted", () => surface.evaluate(() => globalThis.paintedAt));
    const answer = await surface.evaluate(() => ({
      asked: Number(document.querySelector("[data-total]").dataset.total),
      ranked: [...document.querySelectorAll("[data-result]")].map((card) => ({ id: card.dataset.result, kind: card.dataset.kind, weight: Number(card.dataset.weight), confident: card.dataset.confident === "true" })),
    }));
    const after = seen();
    const sent = { station: station.seen.slice(before.station, after.station), sandbox: after.sandbox - before.sandbox };
    if (shots && sent.station.length) desktop.photograph(join(shots, "related-in-browser.png"));
    await surface.evaluate(() => setTimeout(() => window.close()));
    await until("the panel to close", async () => !chromium.browser.targets().some((target) => target.url().includes("/pages/panel/")));
    return { ms: Math.round(painted - pressed), ...answer, sent };
  };
  // What was looked up before is forgotten with a profile's change.
  const stored = (await ask(options, { verb: "state" })).profiles.find(({ id }) => id === stage.ids.trustar);
  await ask(options, { verb: "profile.save", profile: { ...stored, secret: "" } });
  const first = await look();
  const again = [];
  for (let i = 0; i < 4; i++) again.push(await look());
  t.diagnostic(`menu click to ranked list, everything cold: ${first.ms} ms with TruSTAR's batch; ${again.map(({ ms }) => ms).join(", ")} ms for second looks`);
  t.diagnostic(`${first.asked} indicators, ${first.ranked.length} results; sent: ${first.sent.station.map((line) => line.split("?")[0]).join(", ")}; second looks sent ${again.reduce((sum, { sent }) => sum + sent.station.length + sent.sandbox, 0)} requests`);
  assert.equal(first.asked, 31);
  assert.equal(first.sent.sandbox, 0, "nothing to Stellar Cyber");
  for (const line of first.sent.station) assert.match(line, /^POST \/oauth\/token|correlated|^GET \/api\/1\.3\/reports\//, line);
  for (const { sent, ranked } of again) {
    assert.deepEqual(sent, { station: [], sandbox: 0 }, "a second look within ten minutes sends nothing");
    assert.deepEqual(ranked, first.ranked, "and shows the same");
  }
  const weights = first.ranked.map(({ weight }) => weight);
  assert.deepEqual(weights, weights.toSorted((a, b) => b - a), "in the core's order");
  assert.ok(first.ranked[0].confident);
});

test("panel: ranked with reasons, matches, coverage; by the keyboard; nothing hidden at 320 px", { timeout: 60_000 }, async () => {
  await lookAt("/vendor-report.html");
  const full = await source(stage.ids.stellar);
  assert.equal(full.state, "answered", full.words);
  assert.equal(full.index, "fresh");
  assert.match(full.words, /nothing sent/);
  await clean(panel, "related ranked");
  assert.ok(await panel.$eval("[data-reasons]", (line) => /shares \d+ indicator/.test(line.textContent)));
  assert.ok((await panel.$$eval("[data-match]", (rows) => new Set(rows.map((row) => row.dataset.match)).size)) > 1, "exact and partial matches");
  const shown = await panel.$$eval("[data-covered]", (lists) => lists.reduce((sum, list) => sum + Number(list.dataset.count), 0));
  assert.equal(shown, 31, "each indicator is in one list of the coverage");
  await panel.$$eval("[data-covered]", (lists) => lists.forEach((list) => (list.open = true)));
  await clean(panel, "related coverage");
  await panel.$$eval("[data-covered]", (lists) => lists.forEach((list) => (list.open = false)));
  await panel.keyboard.press("j");
  await panel.keyboard.press("j");
  await panel.keyboard.press("o");
  assert.ok(await panel.evaluate(() => document.activeElement === document.querySelectorAll("[data-result]")[1] && document.activeElement.querySelector("[data-why]").open));
  await clean(panel, "related reasons");
  await panel.setViewport({ width: 320, height: 640 });
  for (const page of [panel, options]) {
    if (page === options) await options.setViewport({ width: 320, height: 640 });
    const out = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("#view, main, .card, .section, .indexing")].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`),
    );
    assert.deepEqual(out, []);
  }
  await clean(panel, "related narrow");
  await options.bringToFront();
  await show(options);
  await clean(options, "index narrow");
  await options.setViewport(null);
});

test("panel: a page of common values: no confident match, and it says so", { timeout: 60_000 }, async () => {
  await lookAt("/common.html");
  await panel.waitForSelector("[data-no-confident], .empty");
  assert.ok(await panel.$("[data-no-confident]"), await panel.$eval("#view", (view) => view.textContent.replace(/\s+/g, " ")));
  assert.equal(await panel.$("[data-result]"), null, "weak matches are folded away");
  await clean(panel, "related no confident match");
  await panel.locator("[data-weak] > summary").click();
  await panel.waitForSelector('[data-result][data-confident="false"]');
  await clean(panel, "related weak matches");
});

test("an index with a bound: said, and nothing is called new", { timeout: 60_000 }, async () => {
  await ask(options, { verb: "index.empty", profileId: stage.ids.stellar });
  await ask(options, { verb: "index.set", profileId: stage.ids.stellar, settings: { ...everything, days: 30 } });
  await waitUntilFilled(options, stage.ids.stellar);
  await lookAt("/vendor-report.html");
  const bounded = await source(stage.ids.stellar);
  assert.equal(bounded.state, "partial");
  assert.equal(bounded.index, "partial");
  assert.match(bounded.words, /last 3[01] days alone/);
  await clean(panel, "related bounded");
});

test("a browser that takes the permission back: nothing is fetched, and both surfaces say so", { timeout: 60_000 }, async () => {
  await options.bringToFront();
  await ask(options, { verb: "index.empty", profileId: stage.ids.stellar });
  assert.ok(await options.evaluate(() => chrome.permissions.remove({ origins: ["http://127.0.0.1/*"] })));
  const before = seen();
  await ask(options, { verb: "index.set", profileId: stage.ids.stellar, settings: everything });
  await standing("notAllowed");
  await sleep(2500);
  assert.deepEqual(seen(), before, "nothing was sent");
  await show(options);
  await clean(options, "index not allowed");
  await options.locator(`[data-profile="${stage.ids.stellar}"] [data-action="grant"]`).click();
  await answerPrompt(stage.desktop, true);
  await standing("idle", 60_000);
  assert.ok(seen().sandbox > before.sandbox, "it goes on by itself when it may");
});

test("emptying asks first, and the index is off and empty afterwards", { timeout: 30_000 }, async () => {
  await show(options);
  await press("index-empty");
  await options.waitForSelector('[data-action="confirm"][data-armed]');
  await clean(options, "index empty question");
  await options.locator('[data-action="confirm"]').click();
  await standing("off");
  assert.equal((await progressOf(options, stage.ids.stellar)).view.status.objects, 0);
});
