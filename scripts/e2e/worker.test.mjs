// The service worker stopped in the middle of its work, as a crash or the browser does
// it: what the panel shows stays right, and what was submitted is filed once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addProfile, chooseEnclave, outboxEntry, showView, submit, trustarProfile, waitForFileable, waitForPreview } from "./lib/analyst.mjs";
import { openChromium } from "./lib/chromium.mjs";
import { readTab } from "./lib/gesture.mjs";
import { granted } from "./lib/granted.mjs";
import { sleep, until } from "./lib/process.mjs";
import { startProxy } from "./lib/proxy.mjs";
import { askStation, startPages, startStation } from "./lib/servers.mjs";

let station, proxy, pages, copy, chromium, options, report;

before(async () => {
  copy = granted();
  [station, pages] = await Promise.all([startStation(), startPages()]);
  proxy = await startProxy(station.url);
  chromium = await openChromium({ extension: copy.folder });
  options = await chromium.open(chromium.url("pages/options/options.html"));
  await addProfile(null, options, "trustar", trustarProfile({ ...station, url: proxy.url }), { prompts: false });
  report = await chromium.open(`${pages.url}/vendor-report.html`);
  await readTab(chromium, report);
}, { timeout: 60_000 });

after(async () => {
  await chromium?.close();
  await proxy?.stop();
  await pages?.stop();
  await station?.stop();
  copy?.remove();
});

const panel = () => chromium.open(chromium.url("pages/panel/panel.html"));
const storedJob = () => options.evaluate(async () => (await chrome.storage.session.get("job")).job?.value ?? null);
const tabOf = (url) => options.evaluate(async (wanted) => (await chrome.tabs.query({})).find((tab) => tab.url === wanted)?.id, url);

/** Asks for a preview without waiting for it; answers how it ended. */
const beginPreview = (tabId) =>
  options.evaluate((id) => {
    globalThis.asked = chrome.runtime.sendMessage({ verb: "preview.tab", tabId: id, scope: "auto", intent: "preview" }).then(
      (reply) => reply?.value?.fault?.kind ?? reply?.value?.state ?? reply?.fault?.kind ?? "nothing",
      () => "no answer",
    );
  }, tabId);
const asked = () => options.evaluate(() => globalThis.asked);

/** Keeps a page from answering until let go. */
async function hang(page) {
  const shown = new Promise((resolve) => page.once("dialog", resolve));
  await page.evaluate(() => void setTimeout(() => globalThis.alert("a page that waits")));
  const dialog = await shown;
  return () => dialog.accept();
}

test("stopped in mid-read: the panel says that reading was interrupted, and the page can be read again", { timeout: 60_000 }, async () => {
  const tabId = await tabOf(report.url());
  const letGo = await hang(report);
  await beginPreview(tabId);
  await until("the job to be written down", async () => (await storedJob())?.state === "reading");
  await chromium.stopWorker();
  assert.equal(await asked(), "no answer");
  assert.equal((await storedJob()).state, "reading", "the dead wrote nothing more");
  const view = await panel();
  await view.waitForSelector("[data-fault]");
  assert.equal(await view.$eval("[data-fault]", (notice) => notice.dataset.fault), "stale");
  await until("the next life to write it down", async () => (await storedJob())?.state === "failed");
  await letGo();
  await beginPreview(tabId);
  assert.equal(await asked(), "ready");
  assert.ok((await waitForPreview(view)).total > 20);
  await view.close();
});

test("a page that does not answer: the job fails with the reason after 15 s", { timeout: 60_000 }, async (t) => {
  const letGo = await hang(report);
  const begun = Date.now();
  await beginPreview(await tabOf(report.url()));
  assert.equal(await asked(), "timeout");
  t.diagnostic(`given up after ${Date.now() - begun} ms`);
  assert.equal((await storedJob()).state, "failed");
  await letGo();
});

test("a tab that is closed in mid-read: the job fails at once and says so", { timeout: 60_000 }, async () => {
  const page = await chromium.open(`${pages.url}/ticket.html`);
  await readTab(chromium, page);
  const letGo = await hang(page);
  await beginPreview(await tabOf(page.url()));
  await until("the job to be written down", async () => (await storedJob())?.state === "reading");
  await options.evaluate((url) => chrome.tabs.query({}).then((tabs) => chrome.tabs.remove(tabs.find((tab) => tab.url === url).id)), page.url());
  assert.equal(await asked(), "stale");
  assert.match((await storedJob()).fault.what, /went away/);
  await letGo().catch(() => {});
});

/** Writes a draft of a page, ready to be filed; answers the panel. */
async function draft(title) {
  await readTab(chromium, report);
  const view = await panel();
  await waitForPreview(view);
  await view.locator('[data-action="draft"]:not([disabled])').click();
  await view.waitForSelector("#title");
  await view.$eval("#title", (field) => field.select());
  await view.type("#title", title);
  await chooseEnclave(view, "Threat Intel");
  await waitForFileable(view);
  return view;
}

const titled = async (title) => {
  const to = Date.now() + 60_000;
  const page = await askStation(station, `/api/1.3/reports?from=${to - 86_400_000}&to=${to}&pageSize=100`);
  return page.items.filter((row) => row.title === title);
};

test("stopped between claim and answer: the panel shows it as waiting, then as filed; the station has it once", { timeout: 90_000 }, async () => {
  const title = "Stopped in mid-submit";
  const view = await draft(title);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  proxy.arm(/^POST \/api\/1.3\/reports/, () => held);
  await submit(view);
  await outboxEntry(view, ["sending"], { title });
  await chromium.stopWorker();
  release(); // the station acts now, and nobody hears its answer
  await until("the station to have it", async () => (await titled(title)).length === 1);
  await view.reload();
  await showView(view, "report");
  const filed = await outboxEntry(view, ["filed"], { title, timeout: 45_000 });
  const rows = await titled(title);
  assert.deepEqual(rows.map((row) => row.id), [filed.reportId], "one report, and the panel shows its id");
  assert.ok(proxy.seen.filter((line) => line.startsWith("POST /api/1.3/reports")).length >= 2, "it was sent again under the same id");
  await view.close();
});

test("the alarm is made again at every start while an item waits, and goes with the last", { timeout: 90_000 }, async () => {
  const title = "Waits for the alarm";
  const alarms = () => options.evaluate(async () => (await chrome.alarms.getAll()).map(({ name }) => name));
  const view = await draft(title);
  proxy.target = "http://127.0.0.1:9"; // nobody answers
  await submit(view);
  await until("the outbox to say that no answer came", async () => /no answer|reach/i.test((await outboxEntry(view, ["pending"], { title })).words), { timeout: 30_000 });
  await until("the alarm", async () => (await alarms()).includes("outbox"));
  await options.evaluate(() => chrome.alarms.clearAll());
  await chromium.stopWorker();
  await sleep(300);
  assert.deepEqual(await alarms(), []);
  await options.evaluate(() => chrome.runtime.sendMessage({ verb: "state" }));
  await until("the alarm again", async () => (await alarms()).includes("outbox"));
  proxy.target = station.url;
  await view.evaluate(() => document.querySelector('[data-item] [data-action="retry"]')?.click());
  await outboxEntry(view, ["filed"], { title, timeout: 45_000 });
  await until("the alarm to go", async () => !(await alarms()).includes("outbox"));
  assert.equal((await titled(title)).length, 1);
});
