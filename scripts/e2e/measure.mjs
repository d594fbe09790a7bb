// Times of the journey's parts, against the budgets: the service worker's start to
// ready, a selection's way to its preview warm and cold, a page's highlights.
// Times depend on the machine: they are printed, never asserted.
import { sleep } from "./lib/process.mjs";
import { openChromium } from "./lib/chromium.mjs";
import { startPages } from "./lib/servers.mjs";

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const rounds = 10;

/** A message from an extension page to the background and its answer, in milliseconds. */
const timed = (page, message) =>
  page.evaluate(async (ask) => {
    const begun = performance.now();
    const reply = await chrome.runtime.sendMessage(ask);
    return { ms: performance.now() - begun, ok: reply?.ok === true, fault: reply?.fault?.what ?? "" };
  }, message);

/** @param {{ say?: (line: string) => void }} options */
export async function measure({ say = () => {} } = {}) {
  const passage = "The loader at 203.0.113[.]47 fetched hxxps://dl[.]sightline-sample-1[.]top/invoice/2026-1107.iso. ".repeat(20).slice(0, 2048);
  const pages = await startPages({ "/passage.html": `<!doctype html><title>2 KB</title><p id="passage">${passage}</p>` });
  const chromium = await openChromium();
  try {
    const page = await chromium.open(chromium.url("pages/options/options.html"));
    const check = { verb: "profile.origin", baseUrl: "https://api.example" };
    await timed(page, check);

    const cold = [];
    for (let round = 0; round < rounds; round++) {
      await chromium.stopWorker();
      await sleep(300);
      const { ms, ok, fault } = await timed(page, check);
      if (!ok) throw new Error(fault);
      cold.push(ms);
    }
    const warm = [];
    for (let round = 0; round < rounds; round++) warm.push((await timed(page, check)).ms);

    // The whole way of a preview, injection included, on a page that the test may read.
    const previews = { cold: [], warm: [] };
    const sample = await chromium.open(`${pages.url}/passage.html`);
    await sample.evaluate(() => getSelection().selectAllChildren(document.getElementById("passage")));
    const preview = async () => {
      const answer = await previewActive(chromium, sample, page);
      if (!answer.ok) throw new Error(answer.fault);
      return answer.ms;
    };
    await preview();
    for (let round = 0; round < rounds; round++) {
      await chromium.stopWorker();
      await sleep(300);
      previews.cold.push(await preview());
      previews.warm.push(await preview());
    }
    const figures = {
      worker_start_to_ready_ms: Math.round(median(cold)),
      warm_call_ms: Number(median(warm).toFixed(1)),
      selection_to_preview_cold_ms: Math.round(median(previews.cold)),
      selection_to_preview_warm_ms: Number(median(previews.warm).toFixed(1)),
      rounds,
    };
    say(`stopped worker to the core's answer: ${figures.worker_start_to_ready_ms} ms (budget 60 ms to a preview's answer); warm ${figures.warm_call_ms} ms`);
    say(`2 KB selection to preview, injection included: cold ${figures.selection_to_preview_cold_ms} ms, warm ${figures.selection_to_preview_warm_ms} ms (medians of ${rounds})`);
    return figures;
  } finally {
    await chromium.close();
    await pages.stop();
  }
}

/**
 * Previews the sample page. The real gesture is the toolbar button: it grants
 * activeTab, which stays until the page navigates.
 */
async function previewActive(chromium, sample, page) {
  if (!sample.granted) {
    await sample.bringToFront();
    const session = await chromium.browser.target().createCDPSession();
    const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
    const tab = targetInfos.find((info) => info.url === sample.url());
    await session.send("Extensions.triggerAction", { id: chromium.id, targetId: tab.targetId });
    await session.detach();
    await sleep(1000);
    sample.granted = true;
  }
  const tabId = await page.evaluate(async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url || tab.pendingUrl === url || tab.title === "2 KB")?.id ?? 0, sample.url());
  return timed(page, { verb: "preview.tab", tabId, scope: "auto", intent: "preview" });
}
