// usage: node scripts/e2e/measure.mjs [--menu] [extension folder] [other folder to compare with]
//
// How long an analyst waits, against the budgets: a message to a stopped background, a
// preview cold and warm, where a cold preview's time goes, and, with --menu, the real menu's
// click to the painted panel. Two folders are measured in turns, round by round.
// Times depend on the machine and its load: they are printed, never asserted.
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chooseFromMenu, openChromium, selectByMouse } from "./lib/chromium.mjs";
import { openDesktop } from "./lib/desktop.mjs";
import { probed } from "./lib/probe.mjs";
import { sleep, until } from "./lib/process.mjs";
import { root, startPages } from "./lib/servers.mjs";

const rounds = 10;
const passage = "The loader at 203.0.113[.]47 fetched hxxps://dl[.]sightline-sample-1[.]top/invoice/2026-1107.iso. ".repeat(21).slice(0, 2048);
const made = { "/passage.html": `<!doctype html><title>2 KB</title><p id="passage">${passage}</p>` };

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const summary = (values) => `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;

/** A message from an extension page to the background and its answer, in milliseconds; at is when it was sent. */
const timed = (page, message) =>
  page.evaluate(async (ask) => {
    const begun = performance.now();
    const reply = await chrome.runtime.sendMessage(ask);
    return { ms: performance.now() - begun, at: performance.timeOrigin + begun, ok: reply?.ok === true, fault: reply?.fault?.what ?? "", value: reply?.value };
  }, message);

/** A browser in which a 2 KB passage is selected on a page that may be read. */
async function openSession(extension, pages) {
  const chromium = await openChromium({ extension });
  const page = await chromium.open(chromium.url("pages/options/options.html"));
  const sample = await chromium.open(`${pages.url}/passage.html`);
  await sample.evaluate(() => getSelection().selectAllChildren(document.getElementById("passage")));
  // The toolbar's gesture grants activeTab, which stays until the page navigates.
  const session = await chromium.browser.target().createCDPSession();
  const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find((info) => info.url === sample.url());
  await session.send("Extensions.triggerAction", { id: chromium.id, targetId: tab.targetId });
  await session.detach();
  await sleep(1000);
  const tabId = await page.evaluate(async () => (await chrome.tabs.query({})).find((one) => one.title === "2 KB")?.id ?? 0);
  const ask = async (message) => {
    const answer = await timed(page, message);
    if (!answer.ok && message.verb !== "nothing") throw new Error(`${message.verb}: ${answer.fault}`);
    return answer;
  };
  const preview = () => ask({ verb: "preview.tab", tabId, scope: "auto", intent: "preview" });
  await preview();
  const { draft } = (await ask({ verb: "draft.make", kept: [], profileId: "" })).value;
  return {
    chromium,
    ask,
    preview,
    draft: { ...draft, body: passage },
    /** What a probed copy noted. */
    notes: () => page.evaluate(() => chrome.runtime.sendMessage({ probe: true })),
    async stop() {
      await sleep(250); // what was begun by the last message ends
      await chromium.stopWorker();
      await sleep(250);
    },
    close: () => chromium.close(),
  };
}

/** What is measured on the extension as it is. */
const tasks = {
  "stopped worker to the answer of a verb that it does not know (the browser's own share)": (one) => one.ask({ verb: "nothing" }),
  "stopped worker to the core's first answer (profile.origin): worker start to ready": (one) => one.ask({ verb: "profile.origin", baseUrl: "https://api.example" }),
  "message that carries 2 KB to a stopped worker, to the core's answer about it (draft.check; no page, no injection)": (one) => one.ask({ verb: "draft.check", draft: one.draft }),
  "stopped worker, selection to preview's answer, injection included": (one) => one.preview(),
};

/** One round of the measurement: every task cold, and the preview warm. */
async function round(one, times) {
  for (const [name, run] of Object.entries(tasks)) {
    await one.stop();
    (times[name] ??= []).push((await run(one)).ms);
  }
  (times["warm: selection to preview's answer, injection included"] ??= []).push((await one.preview()).ms);
  (times["warm: message that carries 2 KB (draft.check)"] ??= []).push((await one.ask({ verb: "draft.check", draft: one.draft })).ms);
}

/** One cold preview in a probed copy: the parts' begins and ends after the message was sent. */
async function parts(one) {
  await one.stop();
  const { ms, at } = await one.preview();
  await sleep(100);
  const { notes, origin, begun, evaluated, took } = await one.notes();
  const seen = new Map();
  const all = [
    { name: "worker made", from: origin, to: origin },
    { name: "modules evaluated", from: begun, to: evaluated },
    ...notes.toSorted((a, b) => a.from - b.from),
  ].map(({ name, from, to }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times > 1 ? `${name} (${times})` : name, from: from - at, to: to - at };
  });
  return { ms, all, took };
}

function printParts(say, samples) {
  const byName = new Map();
  for (const { all } of samples) for (const part of all) byName.set(part.name, [...(byName.get(part.name) ?? []), part]);
  const lines = [...byName].map(([name, of]) => ({ name, from: median(of.map(({ from }) => from)), to: median(of.map(({ to }) => to)), n: of.length }));
  for (const { name, from, to, n } of lines.toSorted((a, b) => a.from - b.from)) {
    say(`    ${from.toFixed(1).padStart(6)} to ${to.toFixed(1).padStart(6)}  ${name}${n < samples.length ? ` (in ${n} of ${samples.length})` : ""}`);
  }
  const tooks = samples.map(({ took }) => took).filter((took) => took !== undefined);
  if (tooks.length > 0) say(`    ${summary(tooks)}  collect.js alone, inside the page`);
  say(`    ${" ".repeat(9)} ${median(samples.map(({ ms }) => ms)).toFixed(1).padStart(6)}  answer at the page`);
}

/**
 * @param {{ say?: (line: string) => void, extensions?: string[], menu?: boolean }} options
 *   extensions: two are measured in turns; the figures are the first one's
 */
export async function measure({ say = () => {}, extensions = [join(root, "extension")], menu = false } = {}) {
  const pages = await startPages(made);
  const opened = [];
  const keep = (thing, close) => (opened.push(close), thing);
  const open = async (folder) => {
    const one = await openSession(folder, pages);
    return keep(one, () => one.close());
  };
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  const copy = (folder, options) => {
    const made = probed(folder, options);
    return keep(made, async () => made.remove()).folder;
  };
  try {
    const all = extensions.map(() => ({}));
    const sessions = [];
    for (const folder of extensions) sessions.push(await open(folder));
    for (let i = 0; i < rounds; i++) for (const [at, one] of sessions.entries()) await round(one, all[at]);
    await close();

    const ready = "message to a stopped worker, to the preview's answer, the page answering at once (text collected already)";
    const splits = extensions.map(() => []);
    const copies = [];
    for (const folder of extensions) copies.push([await open(copy(folder, { collected: passage })), await open(copy(folder))]);
    for (let i = 0; i < rounds; i++) {
      for (const [at, [instant, real]] of copies.entries()) {
        await instant.stop();
        (all[at][ready] ??= []).push((await instant.preview()).ms);
        splits[at].push(await parts(real));
      }
    }
    await close();
    if (menu) await measureMenu(extensions.map((folder) => copy(folder)), pages, all);

    say(`load ${loadavg().map((one) => one.toFixed(1)).join(" ")}; milliseconds, medians of ${rounds} (least to most)`);
    for (const name of Object.keys(all[0])) {
      say(`  ${name}`);
      for (const [at, folder] of extensions.entries()) say(`    ${extensions.length > 1 ? `${folder}: ` : ""}${summary(all[at][name])}`);
    }
    for (const [at, folder] of extensions.entries()) {
      say(`  where a cold preview's time goes, milliseconds after the message was sent${extensions.length > 1 ? ` (${folder})` : ""}`);
      printParts(say, splits[at]);
    }
    return { ...Object.fromEntries(Object.entries(all[0]).map(([name, values]) => [name, Number(median(values).toFixed(1))])), rounds };
  } finally {
    await close();
    await pages.stop();
  }
}

/** The real context menu's item, chosen by Return, to the panel's first painted preview; panel closed and worker stopped before. */
async function measureMenu(copies, pages, all) {
  const name = "real menu item and Return to the painted panel, panel closed and worker stopped before (xdotool's start included)";
  for (const [at, folder] of copies.entries()) {
    const desktop = await openDesktop();
    const chromium = await openChromium({ desktop, extension: folder }).catch(async (error) => {
      await desktop.close();
      throw error;
    });
    try {
      const sample = await chromium.open(`${pages.url}/passage.html`);
      await sleep(500);
      const points = await selectByMouse(desktop, sample, "#passage", "#passage");
      for (let i = 0; i < rounds; i++) {
        await sleep(700);
        await chromium.stopWorker();
        let pressed = 0;
        // The last key is Return; the picture is taken right before it.
        await chooseFromMenu(desktop, sample, { x: points.from.x + 60, y: points.from.y }, 0, { photograph: () => (pressed = Date.now()) });
        const panel = await chromium.surface("panel");
        const painted = await until("the panel to be painted", () => panel.evaluate(() => globalThis.paintedAt));
        (all[at][name] ??= []).push(painted - pressed);
        await panel.evaluate(() => setTimeout(() => window.close()));
        await until("the panel to close", async () => !chromium.browser.targets().some((target) => target.url().includes("/pages/panel/")));
      }
    } finally {
      await chromium.close();
      await desktop.close();
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const folders = words.filter((word) => word !== "--menu");
  await measure({ say: (line) => console.log(line), menu: words.includes("--menu"), ...(folders.length > 0 ? { extensions: folders } : {}) });
}
