// What goes wrong in an analyst's day, end to end in Chromium: each with a clear
// message and nothing lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addProfile, chooseEnclave, listed, lookUp, outboxEntry, showView, stellarProfile, submit, testProfile, trustarProfile, waitForFileable, waitForPreview } from "./lib/analyst.mjs";
import { readTab } from "./lib/gesture.mjs";
import { until } from "./lib/process.mjs";
import { startProxy } from "./lib/proxy.mjs";
import { askStation, startStation } from "./lib/servers.mjs";
import { askSandbox, setStage } from "./lib/stage.mjs";

const big = `<!doctype html><title>5 MB of text</title><main>${Array.from(
  { length: 5000 },
  (_, i) => `<p>${"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor. ".repeat(12)} ${i % 50 === 0 ? `Seen: 203.0.113[.]${i / 50}` : ""}</p>`,
).join("\n")}</main>`;

let stage, proxy, options, panel;

before(async () => {
  stage = await setStage({ made: { "/big.html": big }, profiles: false });
  proxy = await startProxy(stage.station.url);
  options = await stage.chromium.open(stage.chromium.url("pages/options/options.html"));
}, { timeout: 60_000 });

after(async () => {
  await proxy?.stop();
  await stage?.strike();
});

/** Opens a page, previews it by the toolbar's gesture, and shows the panel in a tab. */
async function preview(path, { select = "" } = {}) {
  const page = await stage.chromium.open(stage.pages.url + path);
  if (select) await page.evaluate((selector) => getSelection().selectAllChildren(document.querySelector(selector)), select);
  await readTab(stage.chromium, page);
  if (panel) await panel.close();
  panel = await stage.chromium.open(stage.chromium.url("pages/panel/panel.html"));
  return page;
}

/** Writes a draft of the present preview, ready to be filed. */
async function draft(title) {
  await showView(panel, "indicators");
  await panel.locator('[data-action="draft"]:not([disabled])').click();
  await panel.waitForSelector("#title");
  const replace = await panel.$('[data-action="replace"]');
  if (replace) await replace.click();
  await panel.$eval("#title", (field) => field.select());
  await panel.type("#title", title);
  await chooseEnclave(panel, "Threat Intel");
  await waitForFileable(panel);
}

const rows = async (externalId) => {
  const report = await askStation(stage.station, `/api/1.3/reports/${externalId}?idType=external`);
  return report.id;
};

test("an origin whose permission was refused: nothing is sent, the profile stays and says why", { timeout: 60_000 }, async () => {
  stage.ids.stellar = await addProfile(stage.desktop, options, "stellarcyber", stellarProfile(stage.sandbox), { allow: false });
  const card = await options.$eval(`[data-profile="${stage.ids.stellar}"]`, (element) => element.textContent.replace(/\s+/g, " "));
  assert.match(card, /not allowed/i, card);
  assert.ok(await options.$(`[data-profile="${stage.ids.stellar}"] [data-action="grant"]`), "a way on is offered");
  await preview("/vendor-report.html");
  await waitForPreview(panel);
  const related = await lookUp(panel);
  assert.deepEqual(related.sources.map(({ state }) => state), ["failed"]);
  assert.match(related.sources[0].words, /permission|allow/i);
  assert.equal(related.complete, false);
  assert.doesNotMatch(related.coverage, /new/i, "nothing is called new while a source failed");
  const calls = await askSandbox(stage.sandbox, "calls");
  assert.deepEqual(calls, {}, "no request reached the server");
});

test("a wrong password: the item waits with the reason, and is sent when the password is right", { timeout: 90_000 }, async () => {
  const profile = { ...trustarProfile({ ...stage.station, url: proxy.url }), secret: "wrong" };
  stage.ids.trustar = await addProfile(stage.desktop, options, "trustar", profile);
  const tested = await testProfile(options, stage.ids.trustar);
  assert.equal(tested.ok, false);
  assert.equal(tested.kind, "credentials", tested.words);

  await preview("/vendor-report.html");
  await waitForPreview(panel);
  await showView(panel, "indicators");
  await panel.locator('[data-action="draft"]').click();
  await panel.waitForSelector("#title");
  // Enclaves cannot be listed with a wrong secret, so the report goes to the community.
  await panel.locator('input[name="distribution"][value="COMMUNITY"]').click();
  await submit(panel);
  const waiting = await outboxEntry(panel, ["paused"]);
  assert.match(waiting.words, /key|secret|credential/i, waiting.words);

  await options.bringToFront();
  await options.locator(`[data-profile="${stage.ids.trustar}"] [data-action="edit"]`).click();
  await options.waitForSelector('[data-form="trustar"] [data-origin]');
  await options.type("#secret", stage.station.apiSecret);
  await options.locator('[data-action="save"]:not([disabled])').click();
  await panel.bringToFront();
  const filed = await outboxEntry(panel, ["filed"]);
  assert.equal(filed.id, waiting.id);
  assert.equal(await rows(filed.id), filed.reportId);
});

test("a token that expires in mid-journey: renewed once, filed once", { timeout: 60_000 }, async () => {
  await preview("/ticket.html");
  await waitForPreview(panel);
  await draft("Token expires");
  const tokens = () => proxy.seen.filter((line) => line.startsWith("POST /oauth/token")).length;
  const before = tokens();
  proxy.arm(/^POST \/api\/1.3\/reports/, "expire");
  await submit(panel);
  const filed = await outboxEntry(panel, ["filed"], { title: "Token expires" });
  assert.equal(tokens() - before, 1, "exactly one renewal");
  assert.equal(await rows(filed.id), filed.reportId);
});

test("an answer lost after the station acted: sent again under the same id, filed once", { timeout: 90_000 }, async () => {
  await preview("/ticket.html");
  await waitForPreview(panel);
  await draft("Answer lost");
  proxy.arm(/^POST \/api\/1.3\/reports/, "lose-answer");
  await submit(panel);
  const filed = await outboxEntry(panel, ["filed"], { title: "Answer lost", timeout: 45_000 });
  assert.equal(await rows(filed.id), filed.reportId, "one row, and the panel shows its id");
});

test("the station stopped in mid-submit: the item waits on disk, and is filed when the station is back", { timeout: 120_000 }, async () => {
  await preview("/ticket.html");
  await waitForPreview(panel);
  await draft("Station stopped");
  const { port } = new URL(stage.station.url);
  const { database } = stage.station;
  proxy.arm(/^POST \/api\/1.3\/reports/, async () => {
    stage.station.child.kill("SIGKILL");
    await until("the station to be gone", () => stage.station.child.signalCode);
  });
  await submit(panel);
  await until("the outbox to say that no answer came", async () => /no answer|reach/i.test((await outboxEntry(panel, ["pending", "sending"], { title: "Station stopped" })).words), { timeout: 30_000 });
  // The browser may stop the background meanwhile: the item is on disk.
  await stage.chromium.stopWorker();
  const credentials = stage.station;
  const again = await startStation({ database, listen: `127.0.0.1:${port}` });
  stage.station.stop = () => again.stop();
  stage.station = { ...again, apiKey: credentials.apiKey, apiSecret: credentials.apiSecret, stop: () => again.stop() };
  await panel.reload();
  await showView(panel, "report");
  // What is still waiting has a button; what was sent meanwhile has none.
  await outboxEntry(panel, ["pending", "filed"], { title: "Station stopped" });
  await panel.evaluate(() => {
    const card = [...document.querySelectorAll("[data-item]")].find((entry) => entry.textContent.includes("Station stopped"));
    card.querySelector('[data-action="retry"]')?.click();
  });
  const filed = await outboxEntry(panel, ["filed"], { title: "Station stopped", timeout: 60_000 });
  assert.equal(await rows(filed.id), filed.reportId);
});

test("tokens of Stellar Cyber that expire: the look-up renews and answers", { timeout: 90_000 }, async () => {
  await options.bringToFront();
  await preview("/vendor-report.html");
  await waitForPreview(panel);
  await lookUp(panel);
  await askSandbox(stage.sandbox, "expire-tokens", { method: "POST" });
  await panel.locator('[data-action="look-up"]:not([disabled])').click();
  const states = await until("both sources", async () => {
    const related = await lookUp(panel);
    return related.sources.length === 2 && related.sources.every(({ state }) => state !== "failed") ? related.sources : null;
  }, { timeout: 45_000, every: 500 });
  assert.equal(states.length, 2);
});

test("a page that is 5 MB of text: read in full, with the draft's limit said", { timeout: 90_000 }, async (t) => {
  const begun = Date.now();
  await preview("/big.html");
  const { total } = await waitForPreview(panel, { timeout: 30_000 });
  t.diagnostic(`5 MB page: gesture to panel ${Date.now() - begun} ms, ${total} indicators`);
  assert.equal(total, 100);
  await showView(panel, "indicators");
  await panel.locator('[data-action="draft"]:not([disabled])').click();
  const words = await until("the notice that the passage was cut", async () => {
    const replace = await panel.$('[data-action="replace"]');
    if (replace) await replace.click();
    const text = await panel.$eval("#panel", (element) => element.textContent.replace(/\s+/g, " "));
    return /2 MB|too long|cut/i.test(text) ? text : "";
  });
  assert.ok(words);
});

test("a selection without indicators: said, and the whole page is offered", { timeout: 60_000 }, async () => {
  await preview("/empty.html", { select: "body" });
  const words = await until("the empty state", () => panel.$eval("#panel", (element) => (/no indicators/i.test(element.textContent) ? element.textContent.replace(/\s+/g, " ") : "")));
  assert.match(words, /selection/i);
  assert.ok(await panel.$('[data-action="read-page"]'));
  assert.deepEqual(await listed(panel), []);
});
