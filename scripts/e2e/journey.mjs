// usage: node scripts/e2e/journey.mjs [chromium|firefox]
//
// The journey that Sightline is for, with the mouse and the keyboard alone: a person
// opens a threat report, highlights a passage, right-clicks, sees the indicators,
// files them as a TruSTAR report and sees the cases and reports that know them.
// Prints each step, leaves screenshots in shots/, and ends with what the servers hold.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseEnclave, listed, lookUp, outboxEntry, showView, submit, testProfile, waitForFileable, waitForPreview, waitForRelated } from "./lib/analyst.mjs";
import { chooseFromMenu, selectByMouse } from "./lib/chromium.mjs";
import { until } from "./lib/process.mjs";
import { askStation, root } from "./lib/servers.mjs";
import { askSandbox, setStage } from "./lib/stage.mjs";
import { gallery } from "./lib/gallery.mjs";

const days = 24 * 60 * 60 * 1000;

/**
 * The journey in Chromium.
 * @param {{ say?: (line: string) => void, shots?: string, apiVersion?: string, cases?: number }} options
 *   cases is how many the sandbox holds over sixty days; a look-up sees at most 500 of the last thirty
 */
export async function journeyInChromium({ say = () => {}, shots = "", apiVersion = "1.3", cases: stock = 800 } = {}) {
  if (shots) mkdirSync(shots, { recursive: true });
  const stage = await setStage({ apiVersion, cases: stock });
  const { station, sandbox, pages, desktop, chromium, options, ids } = stage;
  const picture = gallery(shots, desktop);
  try {
    say(`station on ${station.url}, sandbox on ${sandbox.url}, sample pages on ${pages.url}`);
    say(`two profiles added on the options page; the browser asked for 127.0.0.1 and was told "Allow"`);
    const tested = await testProfile(options, ids.trustar);
    assert.ok(tested.ok, tested.words);
    say(`connection tested: ${tested.words}`);
    const other = await testProfile(options, ids.stellar);
    assert.ok(other.ok, other.words);
    await picture.page(options, "options");

    const report = await chromium.open(`${pages.url}/vendor-report.html`);
    const points = await selectByMouse(desktop, report, "#mail + p", "#mail + p + p");
    const selected = await report.evaluate(() => getSelection().toString());
    assert.ok(selected.includes("accounts[@]sightline-sample-1[.]top"), "the mouse selected the passage");
    say(`highlighted ${selected.length} characters of "${await report.title()}" with the mouse`);

    await chooseFromMenu(desktop, report, { x: points.from.x + 60, y: points.from.y }, 0, { photograph: () => picture.screen("menu") });
    const panel = await chromium.surface("panel");
    const seen = await waitForPreview(panel);
    const indicators = await listed(panel);
    assert.equal(indicators.filter(({ held }) => !held).length, seen.total);
    assert.ok(seen.total >= 5, `the passage holds at least five indicators, the panel shows ${seen.total}`);
    say(`right-click, "Preview indicators": the panel opened and shows ${seen.words}`);
    await picture.screen("panel-preview-in-browser");
    await picture.page(panel, "panel-preview");

    await panel.locator('[data-action="draft"]').click();
    await panel.waitForSelector("#body");
    await chooseEnclave(panel, "Threat Intel");
    await waitForFileable(panel);
    await picture.page(panel, "report-form");
    const before = await askSandbox(sandbox, "calls");
    assert.deepEqual(before.cases ?? 0, 1, "until now Stellar Cyber was asked by the connection test alone");
    const sent = await submit(panel);
    const entry = await outboxEntry(panel, ["filed"]);
    say(`filed ${Buffer.byteLength(sent.bytes)} bytes, exactly those that were shown; report ${entry.reportId}`);
    await picture.page(panel, "report-filed");

    const row = await readBack(station, entry.id);
    assert.equal(row.id, entry.reportId);
    assert.equal(row.title, JSON.parse(sent.bytes).title ?? JSON.parse(sent.bytes).incidentReport.title);
    const held = indicators.filter((indicator) => indicator.kept && !indicator.held).map(({ key }) => key);
    assert.deepEqual(row.values, [...new Set(held.map((key) => key.slice(key.indexOf("|") + 1).toLowerCase()))].sort());
    say(`read back from the station by its external id ${entry.id}: ${row.values.length} indicators, each equal to what the panel showed`);

    await showView(panel, "related");
    const related = await lookUp(panel);
    // With more than 500 cases in thirty days, that the rest was not looked into is said.
    const whole = stock <= 900;
    assert.deepEqual(related.sources.map(({ state }) => state), ["answered", whole ? "answered" : "partial"], JSON.stringify(related.sources));
    if (!whole) assert.match(related.sources[1].words, /500 of 1,?\d+/);
    assert.equal(related.complete, whole);
    const truth = await askSandbox(sandbox, "truth", {
      method: "POST",
      body: { values: held.map((key) => key.slice(key.indexOf("|") + 1)), createdFrom: Date.now() - 30 * days, top: 500 },
    });
    const cases = related.results.filter(({ kind }) => kind === "case").map(({ id }) => id);
    assert.deepEqual([...cases].sort(), truth.cases);
    assert.ok(related.results.some(({ kind, id }) => kind === "report" && id === entry.reportId), "the report just filed is among those that know the indicators");
    say(`related: ${cases.length} cases, equal to the sandbox's truth, and ${related.results.length - cases.length} reports; ${related.coverage}`);
    await picture.page(panel, "related");
    await picture.screen("related-in-browser");

    await chooseFromMenu(desktop, report, { x: points.from.x + 60, y: points.from.y }, 2);
    await until("the look-up's own menu item to lead to the related view", () => panel.$('#tab-related[aria-selected="true"]'));
    const again = await waitForRelated(panel);
    assert.equal(again.results.length, related.results.length);
    say(`right-click, "Look up related cases…": the same answer`);

    say(`toolbar popup on the whole page: ${await popupCounts(stage, picture, report)}`);
    return { entry, seen, related: related.results.length };
  } catch (error) {
    // What the screen showed is most of the explanation.
    picture.screen("failed");
    throw error;
  } finally {
    await stage.strike();
  }
}

/** The report as the station has it, by its external id, with its indicators' values. */
async function readBack(station, externalId) {
  const report = await askStation(station, `/api/1.3/reports/${externalId}?idType=external`);
  const page = await askStation(station, `/api/1.3/reports/${externalId}/indicators?idType=external&pageSize=1000`);
  return { id: report.id, title: report.title, values: [...new Set(page.items.map(({ value }) => value.toLowerCase()))].sort() };
}

/** Opens the real toolbar popup, reads the whole page, and answers its words. */
async function popupCounts({ chromium }, picture, report) {
  await report.bringToFront();
  await report.evaluate(() => getSelection().removeAllRanges());
  await (await chromium.worker()).evaluate(() => chrome.action.openPopup());
  const popup = await chromium.surface("popup");
  await popup.locator("#preview-page:not([disabled])").click();
  const truth = 31;
  const total = await until("the popup to count the whole page", () => popup.$eval("[data-total]", (sum) => (Number(sum.dataset.total) >= 25 ? Number(sum.dataset.total) : 0)));
  await picture.page(popup, "popup");
  return `${total} indicators (the page plants ${truth})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = process.argv[2] ?? "chromium";
  const say = (line) => console.log(`  ${line}`);
  console.log(`Sightline's journey in ${browser}`);
  if (browser === "firefox") {
    const { journeyInFirefox } = await import("./firefox.mjs");
    await journeyInFirefox({ say, shots: join(root, "shots") });
  } else {
    await journeyInChromium({ say, shots: join(root, "shots") });
    const { bytes, gzip } = JSON.parse(readFileSync(join(root, "extension/wasm/build-info.json"), "utf8"));
    say(`core.wasm: ${bytes} bytes raw, ${gzip} bytes gzip (budget 1200000)`);
    const { measure } = await import("./measure.mjs");
    await measure({ say });
  }
  console.log(`done; screenshots are in shots/`);
}
