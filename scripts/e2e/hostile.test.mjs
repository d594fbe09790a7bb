// Pages that mean harm, and what they get: nothing. The names M1, M3, … are those of the
// threat model's abuse cases.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addProfile, stellarProfile } from "./lib/analyst.mjs";
import { openChromium } from "./lib/chromium.mjs";
import { readTab } from "./lib/gesture.mjs";
import { granted } from "./lib/granted.mjs";
import { sleep, until } from "./lib/process.mjs";
import { root, startPages, startSandbox } from "./lib/servers.mjs";

const markup = `"><img src=x onerror=alert(1)><svg/onload=alert(2)><script>alert(3)</script><b id=planted>bold</b>{{7*7}}\${alert(4)}`;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const titled = (title) => `<!doctype html><title>${escaped(title)}</title><p id="passage">Seen ${escaped(title)} at 203.0.113[.]47 and mail[.]sightline-sample-1[.]top ${escaped(title)}</p>`;
const canary = "canary-5ec7e7-4a51d8";

let sink, sandbox, pages, copy, chromium, options;
const hits = [];

before(async () => {
  // Every name but the test's own leads here.
  sink = createServer((socket) => {
    socket.once("data", (bytes) => {
      hits.push(bytes.toString("latin1").slice(0, 200));
      socket.destroy();
    });
    socket.on("error", () => {});
  });
  await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
  copy = granted();
  [sandbox, pages] = await Promise.all([
    startSandbox({ cases: 50 }),
    startPages({ "/markup.html": titled(markup), "/plain.html": titled("x"), "/hostile.html": "<!doctype html><title>hostile</title><p>198.51.100.7</p>" }),
  ]);
  chromium = await openChromium({
    extension: copy.folder,
    args: [`--host-resolver-rules=MAP * 127.0.0.1:${sink.address().port}, EXCLUDE 127.0.0.1`, "--disable-features=HttpsUpgrades,HttpsFirstBalancedMode"],
  });
  options = await chromium.open(chromium.url("pages/options/options.html"));
}, { timeout: 60_000 });

after(async () => {
  await chromium?.close();
  await pages?.stop();
  await sandbox?.stop();
  copy?.remove();
  sink?.close();
});

const send = (message) => options.evaluate((ask) => chrome.runtime.sendMessage(ask), message);
const tabOf = (page) => options.evaluate(async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id, page.url());

/** All that the extension keeps, as text; bytes as characters, so that what is plain in them is seen. */
const kept = () =>
  options.evaluate(async () => {
    const plain = (_key, value) => {
      if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
      return value instanceof globalThis.CryptoKey ? `key, extractable: ${value.extractable}` : value;
    };
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open("sightline");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const all = {};
    for (const name of db.objectStoreNames) {
      const request = db.transaction(name).objectStore(name).getAll();
      await new Promise((resolve) => (request.onsuccess = resolve));
      all[name] = request.result;
    }
    db.close();
    return JSON.stringify({ all, session: await chrome.storage.session.get(null), local: await chrome.storage.local.get(null) }, plain);
  });

/** The background's verbs, as its table has them. */
const verbs = [...readFileSync(join(root, "extension/background/verbs.js"), "utf8").split("export const verbs")[1].matchAll(/^ {2}"?([a-z][a-zA-Z.]*)"?[:,]/gm)].map(([, verb]) => verb);

const profile = (more) => ({ id: "", platform: "trustar", name: "Forged", baseUrl: "http://127.0.0.1:9", apiVersion: "1.3", identity: "key", secret: "", enclaveIds: [], webUrl: "", ...more });
const draft = { id: "ab".repeat(16), profileId: "", title: "Forged", body: "203.0.113.47", timeBegan: "", distribution: "COMMUNITY", enclaveIds: [], externalUrl: "", indicators: [], createdAt: 1, updatedAt: 1 };
/** Something that each verb could act on. */
const ask = (verb, more = {}) => ({ verb, tabId: 0, scope: "page", intent: "preview", keys: [], key: "ipv4|198.51.100.7", kept: [], profileId: "", draft, hash: "", id: draft.id, indicators: [{ type: "ipv4", value: "198.51.100.7" }], baseUrl: "http://127.0.0.1:9", profile: profile(), settings: { highlight: true }, ...more });

test("the verbs were found", () => {
  assert.ok(verbs.length >= 20 && verbs.includes("state") && verbs.includes("profile.save") && verbs.includes("settings.save"), verbs.join());
});

test("M1: a page cannot message the extension", { timeout: 30_000 }, async () => {
  const page = await chromium.open(`${pages.url}/hostile.html`);
  const answers = await page.evaluate(
    async (id, names) => {
      if (!globalThis.chrome?.runtime?.sendMessage) return ["no door"];
      return Promise.all(names.map((verb) => chrome.runtime.sendMessage(id, { verb }).then((answer) => answer ?? "nothing", () => "refused")));
    },
    chromium.id,
    verbs,
  );
  for (const answer of answers) assert.match(String(answer), /^(no door|nothing|refused)$/);
  await page.close();
});

test("M3: a content script's world is refused every verb, and nothing is stored", { timeout: 60_000 }, async () => {
  const page = await chromium.open(`${pages.url}/hostile.html`);
  await readTab(chromium, page);
  await sleep(700); // what the gesture began ends
  const before = await kept();
  const target = { tabId: await tabOf(page) };
  const [{ result }] = await options.evaluate(
    async (where, messages) =>
      chrome.scripting.executeScript({
        target: where,
        args: [messages],
        func: async (all) => {
          const answers = await Promise.all(
            all.map((message) => {
              const late = new Promise((resolve) => setTimeout(() => resolve("no answer"), 3000));
              return Promise.race([late, chrome.runtime.sendMessage(message).then((answer) => answer ?? "nothing", () => "refused")]);
            }),
          );
          const databases = (await indexedDB.databases()).map(({ name }) => name);
          const session = await Promise.resolve()
            .then(() => chrome.storage.session.get(null))
            .then(() => "open", () => "closed");
          return { answers, databases, session, speaks: typeof chrome.runtime.id };
        },
      }),
    target,
    [...verbs.map((verb) => ask(verb)), { event: "changed", what: "profiles" }],
  );
  assert.equal(result.speaks, "string", "it was our own script's world");
  result.answers.forEach((answer, i) => assert.match(JSON.stringify(answer), /^"(nothing|refused)"$/, verbs[i]));
  assert.deepEqual([result.databases, result.session], [[], "closed"], "our stores are out of its reach");
  await sleep(700);
  assert.equal(await kept(), before);
  await page.close();
});

test("M5: a page cannot tell that it was previewed, nor that we are here", { timeout: 60_000 }, async () => {
  const page = await chromium.open(`${pages.url}/vendor-report.html`);
  const look = () =>
    page.evaluate(() => ({
      html: document.documentElement.outerHTML,
      globals: Object.getOwnPropertyNames(globalThis).sort().join(),
      highlights: CSS.highlights.size,
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length].join(),
      loads: performance.getEntriesByType("resource").filter(({ name }) => name.includes("extension")).length,
      seen: globalThis.seen?.takeRecords().length ?? 0,
    }));
  await page.evaluate(() => {
    globalThis.seen = new MutationObserver(() => {});
    globalThis.seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const before = await look();
  await readTab(chromium, page);
  assert.ok((await send({ verb: "state" })).value.job.preview.total > 20);
  assert.deepEqual(await look(), before);

  const files = readdirSync(copy.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/\.test\.js$|\.d\.ts$/.test(entry.name));
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(copy.folder.length + 1));
  assert.ok(paths.includes("wasm/core.wasm") && paths.includes("pages/panel/panel.html"));
  const read = await page.evaluate(
    (id, all) => Promise.all(all.map((path) => fetch(`chrome-extension://${id}/${path}`).then(() => path, () => ""))),
    chromium.id,
    paths,
  );
  assert.deepEqual(read.filter(Boolean), []);
  const pictures = await page.evaluate(
    (id) =>
      new Promise((resolve) => {
        const image = new globalThis.Image();
        image.onload = () => resolve("loaded");
        image.onerror = () => resolve("blocked");
        image.src = `chrome-extension://${id}/icons/16.png`;
      }),
    chromium.id,
  );
  assert.equal(pictures, "blocked");
  await page.close();
});

test("M10: our pages cannot be framed, embedded or opened by a page", { timeout: 30_000 }, async () => {
  const page = await chromium.open(`${pages.url}/hostile.html`);
  const before = new Set(chromium.browser.targets());
  await page.evaluate((own) => {
    for (const name of ["options", "panel", "popup"]) {
      const url = `${own}pages/${name}/${name}.html`;
      for (const [tag, attribute] of [["iframe", "src"], ["object", "data"], ["embed", "src"]]) {
        const element = document.createElement(tag);
        element[attribute] = url;
        document.body.append(element);
      }
      window.open(url);
      const prerender = document.createElement("link");
      Object.assign(prerender, { rel: "prerender", href: url });
      document.head.append(prerender);
    }
  }, chromium.url(""));
  await sleep(1500);
  const address = (frame) => frame.evaluate(() => location.href).catch(() => "gone");
  const loaded = await Promise.all(page.frames().map(address));
  // A window that was opened bears our address, and the browser's own error in it.
  for (const target of chromium.browser.targets().filter((one) => one.type() === "page" && !before.has(one))) {
    const opened = await target.asPage();
    loaded.push(await address(opened.mainFrame()));
    await opened.close();
  }
  assert.ok(loaded.length > 3, loaded.join());
  assert.deepEqual(loaded.filter((href) => href.startsWith("chrome-extension:")), []);
  await page.close();
});

/** What the panel is made of when a hostile page and hostile answers are in it. */
async function panelWith(path, text) {
  const page = await chromium.open(pages.url + path);
  await page.evaluate(() => getSelection().selectAllChildren(document.getElementById("passage")));
  await readTab(chromium, page);
  const { job } = (await send({ verb: "state" })).value;
  assert.equal(job.title, text);
  assert.equal(job.preview.total, 2);
  // A platform's answer with the same in every field.
  const matched = job.preview.indicators.map(({ type, value }) => ({ type, value }));
  const result = { kind: "case", profileId: "p", platform: "stellarcyber", id: text, number: text, title: text, severity: text, status: text, owner: text, tenant: text, score: 1, hasScore: true, createdAt: 1, modifiedAt: 1, link: `javascript:${text}`, matched };
  result.matches = matched.map((indicator) => ({ indicator, kind: text, count: 1, weight: 50, place: text, when: 1, words: text }));
  Object.assign(result, { closed: false, weight: 100, confident: true, reasons: [text] });
  const source = { profileId: "p", platform: "stellarcyber", name: text, state: "partial", words: text, checked: 1, total: 2, calls: 1, indexed: false, indexState: text, asOf: 0 };
  await options.evaluate(
    (jobId, answer, asked) => chrome.storage.session.set({ answered: { jobId, answer, asked, at: 1 } }),
    job.id,
    { results: [result, { ...result, id: `${text}2`, confident: false }], sources: [source], known: matched, new: [], near: [] },
    matched,
  );
  const panel = await chromium.browser.newPage();
  const alarms = [];
  panel.on("dialog", (dialog) => (alarms.push(dialog.message()), dialog.dismiss()));
  await panel.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => globalThis.violations.push(violatedDirective));
  });
  await panel.goto(chromium.url("pages/panel/panel.html"));
  const counts = {};
  const count = async (name, ready) => {
    await panel.waitForSelector(ready);
    await sleep(1000); // enclaves are asked for, in vain
    counts[name] = await panel.$$eval("*", (all) => all.length);
    assert.equal(await panel.$("#planted"), null);
    assert.equal(await panel.$$eval('a[href^="javascript:"]', (all) => all.length), 0);
  };
  await count("indicators", "[data-total]");
  assert.ok(await panel.$eval("body", (body, words) => body.textContent.includes(words), text));
  await panel.locator("#tab-related").click();
  await count("related", "[data-result]");
  assert.ok(await panel.$eval("[data-result]", (card, words) => card.textContent.includes(words), text));
  await panel.locator("#tab-indicators").click();
  await panel.locator('[data-action="draft"]:not([disabled])').click();
  await count("report", "#title");
  assert.deepEqual([alarms, await panel.evaluate(() => globalThis.violations)], [[], []]);
  await send({ verb: "draft.discard", id: (await send({ verb: "state" })).value.draft?.id ?? "" });
  await panel.close();
  await page.close();
  return counts;
}

test("M11: markup in title, selection and answers is text: it makes no element", { timeout: 60_000 }, async () => {
  await send({ verb: "profile.save", profile: profile({ baseUrl: sandbox.url, secret: "any" }) }); // a draft needs somewhere to go
  assert.deepEqual(await panelWith("/markup.html", markup), await panelWith("/plain.html", "x"));
});

test("M14: no indicator's host is contacted or looked up, neither by a preview nor by a look-up", { timeout: 90_000 }, async () => {
  await addProfile(null, options, "stellarcyber", stellarProfile(sandbox), { prompts: false });
  const page = await chromium.open(`${pages.url}/vendor-report.html`);
  // The sink hears what is contacted: a page's own request shows that it does.
  await page.evaluate(() => fetch("http://control.sightline-sample-1.top/").catch(() => {}));
  await until("the control's request", () => hits.some((hit) => hit.includes("control.sightline-sample-1.top")));
  await sleep(500);
  hits.length = 0;
  await readTab(chromium, page);
  const { preview } = (await send({ verb: "state" })).value.job;
  assert.ok(preview.total > 20);
  const indicators = preview.indicators.filter(({ held }) => !held).map(({ type, value }) => ({ type, value }));
  const panel = await chromium.open(chromium.url("pages/panel/panel.html"));
  const related = await send({ verb: "related", indicators });
  const source = related.value?.sources.find(({ platform }) => platform === "stellarcyber");
  assert.equal(source?.state, "answered", JSON.stringify(source ?? related.fault));
  await sleep(1500);
  assert.deepEqual(hits, []);
  await panel.close();
  await page.close();
});

test("M24, M26: a secret is in no answer, in no store, in no file", { timeout: 90_000 }, async () => {
  const saved = await send({ verb: "profile.save", profile: profile({ name: "Canary", baseUrl: sandbox.url, secret: canary }) });
  assert.ok(saved.ok, JSON.stringify(saved.fault));
  const id = saved.value.id;
  const forms = [canary, Buffer.from(canary).toString("base64").replace(/=+$/, ""), Buffer.from(`key:${canary}`).toString("base64"), encodeURIComponent(canary)];
  const hasNone = (text, where) => forms.forEach((form) => assert.ok(!text.includes(form), `${where} has the secret`));
  hasNone(JSON.stringify(saved), "profile.save");
  const calm = verbs.filter((verb) => verb !== "profile.delete" && verb !== "profile.save");
  for (const verb of [...calm, "profile.save", "state"]) {
    // The answer that matters most is that of a verb which has used the secret.
    const message = ask(verb, { profileId: id, profile: { ...profile({ name: "Canary", baseUrl: sandbox.url }), id }, draft: { ...draft, profileId: id } });
    const reply = await send(message);
    assert.ok(reply, `${verb} is answered`);
    hasNone(JSON.stringify(reply), verb);
  }
  // With another host the secret must be entered again.
  const moved = await send({ verb: "profile.test", profile: { ...profile({ baseUrl: "http://localhost:9" }), id } });
  assert.equal(moved.ok, false);
  const stored = await kept();
  assert.match(stored, /key, extractable: false/);
  assert.match(stored, /Canary/, "the profile is there");
  hasNone(stored, "a store");
  for (const entry of readdirSync(chromium.folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || statSync(file).size > 64 * 1024 * 1024) continue;
    hasNone(readFileSync(file, "latin1"), file);
  }
});
