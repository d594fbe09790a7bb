// Our own pages in every state that matters, in Chromium with the real servers:
// nothing for axe to find in light or dark, everything within reach of the keyboard,
// nothing lost at 320 px or at twice the size.
//
// SHOTS=folder leaves a picture of each state.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addProfile, chooseEnclave, fillProfile, outboxEntry, showView, stellarProfile, submit, testProfile, trustarProfile, waitForFileable, waitForPreview, waitForRelated } from "./lib/analyst.mjs";
import { audit } from "./lib/audit.mjs";
import { openDoor } from "./lib/door.mjs";
import { readTab } from "./lib/gesture.mjs";
import { until } from "./lib/process.mjs";
import { askSandbox, setStage } from "./lib/stage.mjs";

const shots = process.env.SHOTS ?? "";
const narrow = { width: 360, height: 760 };
const known = "7f2d0c1e-6b1f-4c0a-9d7e-2a51c3b0e4f8";

let stage, door, options, panel, report;

/** No violation in this state. */
const clean = async (page, name) => assert.deepEqual(await audit(page, name, { shots }), []);

/** Types over what a field holds. */
async function retype(page, selector, text) {
  await page.locator(selector).wait();
  await page.focus(selector);
  await page.$eval(selector, (field) => field.select());
  await page.keyboard.press("Backspace");
  if (text) await page.keyboard.type(text);
}

/** The panel in a tab of a panel's size. */
async function openPanel() {
  if (panel) await panel.close();
  panel = await stage.chromium.open(stage.chromium.url("pages/panel/panel.html"));
  await panel.setViewport(narrow);
  return panel;
}

/** Reads a page by the toolbar's gesture and opens the panel on it. */
async function preview(path) {
  report = await stage.chromium.open(stage.pages.url + path);
  await readTab(stage.chromium, report);
  await openPanel();
  await waitForPreview(panel);
}

/** Opens the real popup on a page, lets act look at it, and closes it. */
async function withPopup(page, shown, act) {
  await page.bringToFront();
  const session = await stage.chromium.browser.target().createCDPSession();
  const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find((info) => info.url === page.url());
  await session.send("Extensions.triggerAction", { id: stage.chromium.id, targetId: tab.targetId });
  await session.detach();
  const popup = await stage.chromium.surface("popup");
  await popup.waitForSelector(shown, { timeout: 15_000 });
  await act(popup);
  await popup.close();
}

/** Makes a draft of the present preview, in place of the one that there may be. */
async function draft(title) {
  await showView(panel, "indicators");
  await panel.locator('[data-action="draft"]:not([disabled])').click();
  await panel.waitForSelector("#title");
  await retype(panel, "#title", title);
}

before(async () => {
  stage = await setStage({ profiles: false, cases: 200 });
  door = await openDoor(stage.station.url);
  options = await stage.chromium.open(stage.chromium.url("pages/options/options.html"));
}, { timeout: 60_000 });

after(async () => {
  await door?.stop();
  await stage?.strike();
});

test("options: empty, a form, a wrong address, a test that fails and one that does not", { timeout: 60_000 }, async () => {
  await options.waitForSelector("[data-add]");
  await clean(options, "options empty");

  const profile = { ...trustarProfile(stage.station), baseUrl: door.url };
  await fillProfile(options, "trustar", profile);
  await retype(options, "#enclaveIds", "Threat Intel");
  await options.waitForSelector('[data-odd="1"]');
  await clean(options, "options form with a name for an id");
  await retype(options, "#enclaveIds", known);
  await options.waitForSelector('[data-odd="0"]');
  await retype(options, "#baseUrl", "http://station.example");
  await options.waitForSelector("[data-origin-problem]");
  await clean(options, "options form with a wrong address");
  await options.locator('[data-action="cancel"]').click();

  stage.ids.trustar = await addProfile(stage.desktop, options, "trustar", { ...profile, secret: "not the secret" });
  const failed = await testProfile(options, stage.ids.trustar);
  assert.equal(failed.kind, "credentials", failed.words);
  await clean(options, "options test failed");
});

test("options: default enclaves by id where a server of API 1.2 lists none, by name where one does", { timeout: 60_000 }, async () => {
  await options.bringToFront();
  door.rules = [{ match: /enclaves/, status: 404 }];
  await options.locator(`[data-profile="${stage.ids.trustar}"] [data-action="edit"]`).click();
  await options.waitForSelector('[data-form="trustar"] [data-origin]');
  await options.select("#apiVersion", "1.2");
  await retype(options, "#secret", stage.station.apiSecret);
  await retype(options, "#enclaveIds", known);
  await options.locator('[data-action="test"]:not([disabled])').click();
  await options.waitForSelector("[data-form] [data-test], [data-form] [data-fault]");
  assert.equal(await options.$eval("#enclaveIds", (field) => field.value), known, "what was written stays");

  door.rules = [];
  await options.select("#apiVersion", "1.3");
  await options.locator('[data-form] [data-action="test"]:not([disabled])').click();
  await options.waitForSelector(`[data-form] [data-enclave="${known}"]`);
  assert.equal(await options.$$eval("[data-enclave]", (choices) => choices.length), 4, "three by name, and the id that was written by hand");
  await clean(options, "options form with enclaves");
  await options.locator('[data-action="save"]:not([disabled])').click();
  await options.waitForSelector("[data-add]");
  assert.ok((await testProfile(options, stage.ids.trustar)).ok);
  stage.ids.stellar = await addProfile(stage.desktop, options, "stellarcyber", stellarProfile(stage.sandbox), { prompts: false });
  await clean(options, "options profiles");
});

test("popup: nothing to read, nothing found, counts, no answer", { timeout: 60_000 }, async () => {
  const restricted = await stage.chromium.open("chrome://version/");
  await withPopup(restricted, '[data-fault="restricted"]', (popup) => clean(popup, "popup restricted"));
  await restricted.close();
  const empty = await stage.chromium.open(`${stage.pages.url}/empty.html`);
  await withPopup(empty, '[data-total="0"]', (popup) => clean(popup, "popup empty"));
  await openPanel();
  await panel.waitForSelector('[data-action="read-page"]');
  await clean(panel, "panel nothing found");
  await showView(panel, "related");
  await clean(panel, "panel nothing found, related");
  await empty.close();
  const full = await stage.chromium.open(`${stage.pages.url}/vendor-report.html`);
  await withPopup(full, '[data-total]:not([data-total="0"])', (popup) => clean(popup, "popup counts"));
  await full.close();

  const popup = await stage.chromium.browser.newPage();
  await popup.setViewport({ width: 360, height: 400 });
  await popup.evaluateOnNewDocument(() => (chrome.runtime.sendMessage = () => Promise.reject(new Error("The message port closed."))));
  await popup.goto(stage.chromium.url("pages/popup/popup.html"));
  await popup.waitForSelector("[data-fault]");
  await clean(popup, "popup fault");
  await popup.close();
});

test("panel: nothing read, reading", { timeout: 30_000 }, async () => {
  const page = await stage.chromium.browser.newPage();
  await page.setViewport(narrow);
  // As it is before the first look at a page, and while one is being read.
  await page.evaluateOnNewDocument(() => {
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = async (message) => {
      if (message.verb === "preview.tab") return new Promise(() => {});
      const reply = await send(message);
      return message.verb === "state" ? { ...reply, value: { ...reply.value, job: null } } : reply;
    };
  });
  await page.goto(stage.chromium.url("pages/panel/panel.html"));
  await page.locator('[data-action="read"]').wait();
  await clean(page, "panel no job");
  await page.locator('[data-action="read"]').click();
  await page.waitForSelector('[data-action="stop"]');
  await clean(page, "panel reading");
  await page.close();
});

test("panel: a preview with everything unfolded, a filter without match, the keys", { timeout: 60_000 }, async () => {
  await preview("/vendor-report.html");
  await clean(panel, "panel preview");
  await panel.locator(".unfold").click();
  await panel.locator("details.held > summary").click();
  await panel.waitForSelector('[data-group="held"] [data-key]');
  await panel.$eval("#view", (view) => view.scrollTo(0, 0));
  await clean(panel, "panel preview unfolded");
  await panel.$eval("details.held", (group) => group.scrollIntoView());
  await clean(panel, "panel preview held back");
  await panel.type("#filter", "no such thing");
  await panel.waitForFunction(() => !document.querySelector("[data-key]"));
  await clean(panel, "panel filter without match");
  await panel.keyboard.press("Escape");
  await panel.keyboard.press("Escape");
  await panel.keyboard.press("?");
  await panel.waitForSelector("#help[open]");
  await clean(panel, "panel help");
  await panel.keyboard.press("Escape");
});

test("panel: the list by the keyboard alone", { timeout: 30_000 }, async () => {
  await panel.bringToFront();
  await panel.reload();
  await waitForPreview(panel);
  const current = () => panel.$eval('[data-current="true"]', (row) => ({ key: row.dataset.key, kept: row.dataset.kept === "true", focused: row.contains(document.activeElement) }));
  const keys = await panel.$$eval('[data-key][data-held=""]', (rows) => rows.map((row) => row.dataset.key));
  await panel.keyboard.press("j");
  await panel.keyboard.press("j");
  assert.deepEqual(await current(), { key: keys[1], kept: true, focused: true });
  await panel.keyboard.press("k");
  assert.equal((await current()).key, keys[0]);
  await panel.keyboard.press("x");
  assert.equal((await current()).kept, false);
  await panel.keyboard.press("x");
  assert.equal((await current()).kept, true);
  await panel.keyboard.press("c");
  await panel.waitForFunction(() => document.getElementById("said").textContent !== "");
  assert.equal(await panel.$eval("#said", (said) => said.textContent), "Copied");
  const shown = await panel.$eval('[data-current="true"] .value', (value) => value.title);
  await panel.keyboard.press("/");
  await panel.keyboard.down("Control");
  await panel.keyboard.press("v");
  await panel.keyboard.up("Control");
  assert.equal(await panel.$eval("#filter", (field) => field.value), shown, "what was copied is what is shown");
  await panel.waitForFunction(() => document.querySelectorAll("[data-key]").length > 0);
  await panel.keyboard.press("Escape");
  await panel.keyboard.press("Escape");
  await panel.keyboard.press("3");
  await panel.waitForSelector('#tab-related[aria-selected="true"]');
  await panel.focus("#tab-related");
  await panel.keyboard.press("ArrowRight");
  assert.equal(await panel.evaluate(() => document.activeElement.id), "tab-indicators");
});

test("panel: a report where the enclaves cannot be listed", { timeout: 60_000 }, async () => {
  door.rules = [{ match: /enclaves/, status: 403, body: '{"message":"no"}' }];
  await draft("Enclaves not listed");
  await panel.waitForSelector('[data-field="enclaveIds"] [data-fault]');
  assert.equal(await panel.$eval("#enclaveIds", (field) => field.value), known, "the ids of the draft stay");
  await retype(panel, "#enclaveIds", `${known}, Threat Intel,`);
  await panel.waitForSelector('[data-odd="1"]');
  assert.equal(await panel.$eval("#enclaveIds", (field) => field.value), `${known}, Threat Intel,`, "nothing moves while it is typed");
  await panel.$eval("#enclaveIds", (field) => field.scrollIntoView({ block: "center" }));
  await clean(panel, "report enclaves by hand");
  await retype(panel, "#enclaveIds", "");
  await panel.waitForSelector("#problem-enclaveIds .problem");
  await panel.$eval('[data-field="enclaveIds"]', (field) => field.scrollIntoView({ block: "center" }));
  await clean(panel, "report with a problem");
  await retype(panel, "#enclaveIds", known);
  await waitForFileable(panel);
  assert.match(await panel.$eval("[data-bytes]", (bytes) => bytes.textContent), new RegExp(`"enclaveIds":\\["${known}"\\]`));
  door.rules = [];
  await panel.locator('[data-action="fetch-enclaves"]').click();
  await panel.waitForSelector(`[data-enclave="${known}"] input:checked`);
  await panel.locator(`[data-enclave="${known}"] input`).click();
});

test("panel: reports that wait, need somebody, were refused, were filed", { timeout: 90_000 }, async () => {
  const refuse = (status, body, headers) => [{ match: /^POST \/api\/1.3\/reports/, status, body, headers }];
  await chooseEnclave(panel, "Threat Intel");
  await waitForFileable(panel);
  await clean(panel, "report form");
  await panel.locator("details.exact > summary").click();
  await panel.$eval("details.exact", (bytes) => bytes.scrollIntoView());
  await clean(panel, "report exact bytes");
  await submit(panel);
  await outboxEntry(panel, ["filed"]);
  await clean(panel, "outbox filed");

  const cases = [
    ["Was refused", "stopped", "may not submit", refuse(403, '{"message":"The user may not submit to this enclave."}')],
    [
      "Needs somebody",
      "paused",
      "key or secret",
      [
        ...refuse(400, '{"error":"invalid_request","error_description":"Invalid oauth2 access token"}'),
        { match: /^POST \/oauth\/token/, status: 401, body: '{"error":"unauthorized","error_description":"Bad credentials"}' },
      ],
    ],
    ["Has to wait", "pending", "Next attempt", refuse(429, '{"message":"limit","waitTime":90000}', { "retry-after": "90" })],
  ];
  for (const [title, state, words, rules] of cases) {
    door.rules = [];
    await draft(title);
    await chooseEnclave(panel, "Threat Intel");
    await waitForFileable(panel);
    door.rules = rules;
    await submit(panel);
    await until(`${title} to have been answered`, async () => (await outboxEntry(panel, [state], { title })).words.includes(words));
  }
  await clean(panel, "outbox");
  await panel.$eval("#view", (view) => view.scrollTo(0, view.scrollHeight));
  await clean(panel, "outbox end");
  await withPopup(report, "[data-trouble]", (popup) => clean(popup, "popup trouble"));
  door.rules = [];
});

test("panel: what is related, before, in part, in full, without an answer", { timeout: 60_000 }, async () => {
  await panel.bringToFront();
  await showView(panel, "related");
  await clean(panel, "related before");
  const again = async () => {
    await panel.locator('[data-action="look-up"]:not([disabled])').click();
    await panel.waitForSelector('.foot [data-action="look-up"]:not([disabled])', { timeout: 30_000 });
    return (await waitForRelated(panel)).sources.map(({ state }) => state);
  };
  await askSandbox(stage.sandbox, "faults", { method: "POST", body: { kind: "wrong-types", operation: "observables", times: 1 } });
  assert.deepEqual(await again(), ["answered", "partial"]);
  await clean(panel, "related in part");
  assert.deepEqual(await again(), ["answered", "answered"]);
  await clean(panel, "related answered");
  const scrolls = await panel.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    const view = document.getElementById("view");
    return { page: scrollHeight > innerHeight, view: view.scrollHeight > view.clientHeight };
  });
  assert.deepEqual(scrolls, { page: false, view: true }, "the middle scrolls, head and foot stay");
  await panel.$eval("#view", (view) => view.scrollTo(0, view.scrollHeight));
  await clean(panel, "related answered end");

  await panel.$eval("#view", (view) => view.scrollTo(0, 0));
  door.rules = [{ match: /^(GET|POST) \/api/, status: 403, body: '{"message":"no"}' }];
  await askSandbox(stage.sandbox, "faults", { method: "POST", body: { kind: "unauthorized", times: -1 } });
  // What TruSTAR answered is remembered for ten minutes, by the session and by the worker.
  await panel.evaluate(() => chrome.storage.session.remove("remembered"));
  await stage.chromium.stopWorker();
  assert.deepEqual(await again(), ["failed", "failed"]);
  await clean(panel, "related failed");
  door.rules = [];
  await askSandbox(stage.sandbox, "faults", { method: "DELETE" });
});

test("320 px and twice the size: nothing is beside the page, nothing moves", { timeout: 60_000 }, async () => {
  /** Elements that stick out of what may not scroll sideways. */
  const out = (page) =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll(".head, .where, #view, main, form, .card, .section")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`),
    );
  const views = async (width, name) => {
    for (const view of ["indicators", "report", "related"]) {
      await showView(panel, view);
      assert.equal(await panel.evaluate(() => innerWidth), width);
      assert.deepEqual(await out(panel), [], `${view} ${name}`);
      if (shots) await panel.screenshot({ path: `${shots}/${name}-${view}.png` });
    }
  };
  await panel.bringToFront();
  await panel.setViewport({ width: 320, height: 640 });
  await draft("A long title that does not fit into one line of a panel that is as narrow as it may be");
  await views(320, "narrow");
  await options.bringToFront();
  await options.setViewport({ width: 320, height: 640 });
  await options.locator(`[data-profile="${stage.ids.trustar}"] [data-action="edit"]`).click();
  await options.waitForSelector('[data-form="trustar"] [data-origin]');
  assert.deepEqual(await out(options), [], "options at 320 px");
  await clean(options, "options narrow");
  await options.locator('[data-action="cancel"]').click();

  // Twice the size: half the columns for the same panel of 640 px.
  await panel.bringToFront();
  await panel.setViewport({ width: 640, height: 1280 });
  const zoom = (factor) => panel.evaluate((by) => chrome.tabs.getCurrent().then(({ id }) => chrome.tabs.setZoom(id, by)), factor);
  await zoom(2);
  await until("the page to be twice the size", () => panel.evaluate(() => innerWidth === 320));
  await views(320, "zoomed");
  await zoom(1);

  await panel.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  const moving = await panel.evaluate(() =>
    [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      return parseFloat(transitionDuration) > 0.001 || parseFloat(animationDuration) > 0.001;
    }).length,
  );
  assert.equal(moving, 0, "reduced motion is honoured");
});
