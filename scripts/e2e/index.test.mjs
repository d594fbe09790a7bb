// The index of cases in Chromium: filled against the sandbox, sealed at rest, right after
// every kill, visibly rebuilt where it was damaged, and empty when it was emptied.
//
// SIGHTLINE_KILLS=50 kills as often, 5 times otherwise; the figures are printed.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addProfile, stellarProfile } from "./lib/analyst.mjs";
import { openChromium } from "./lib/chromium.mjs";
import { granted } from "./lib/granted.mjs";
import { ask, compare, everything, planted, progressOf, stored, tamper, waitUntilFilled } from "./lib/index.mjs";
import { sleep, until } from "./lib/process.mjs";
import { startProxy } from "./lib/proxy.mjs";
import { startSandbox } from "./lib/servers.mjs";
import { askSandbox } from "./lib/stage.mjs";

const cases = 1000;
const kills = Number(process.env.SIGHTLINE_KILLS ?? 5);

let sandbox, proxy, copy, profile, chromium, options, id;

/** Opens the browser on the profile's folder, and the options page in it. */
async function open() {
  chromium = await openChromium({ extension: copy.folder, profile });
  options = await chromium.open(chromium.url("pages/options/options.html"));
}

before(async () => {
  copy = granted();
  profile = mkdtempSync(join(tmpdir(), "sightline-index-"));
  sandbox = await startSandbox({ cases });
  proxy = await startProxy(sandbox.url);
  await open();
  id = await addProfile(null, options, "stellarcyber", stellarProfile({ ...sandbox, url: proxy.url }), { prompts: false });
}, { timeout: 60_000 });

after(async () => {
  await chromium?.close().catch(() => {});
  await proxy?.stop();
  await sandbox?.stop();
  copy?.remove();
  if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

const set = (settings) => ask(options, { verb: "index.set", profileId: id, settings });
const segments = async () => Object.keys(await stored(options)).filter((key) => key.startsWith("segment "));

test("off until it is switched on; then it is filled, and says so", { timeout: 90_000 }, async (t) => {
  await sleep(1000);
  assert.deepEqual(proxy.seen, [], "nothing is asked of a platform whose index is off");
  assert.deepEqual(await stored(options), {});
  const begun = Date.now();
  await options.locator(`[data-index="${id}"] [data-action="index-switch"]`).click();
  await until("the page to show that it is complete", () => options.$(`[data-index="${id}"][data-standing="idle"]`), { timeout: 60_000 });
  const progress = await waitUntilFilled(options, id);
  const calls = await askSandbox(sandbox, "calls");
  t.diagnostic(`${progress.done} cases in ${Date.now() - begun} ms: ${JSON.stringify(calls)}; ${progress.view.status.bytes} bytes in ${progress.view.status.segments} segments`);
  assert.equal(progress.total, progress.done);
  assert.equal(progress.view.status.objects, progress.done);
  assert.equal(calls.observables, progress.done, "one call a case");
  assert.equal(await compare(options, sandbox), "");
});

test("a look-up is answered out of it, also by a new worker, and nothing is sent", { timeout: 60_000 }, async () => {
  await chromium.stopWorker();
  const before = proxy.seen.length;
  const answer = await ask(options, { verb: "related", indicators: planted });
  assert.ok(answer.results.length > 5);
  assert.deepEqual(answer.sources.map(({ indexed, calls }) => ({ indexed, calls })), [{ indexed: true, calls: 0 }]);
  assert.equal(proxy.seen.length, before, "no request");
});

test("at rest it is sealed: no indicator, no title, no secret in the store, and a key that is not handed out", { timeout: 60_000 }, async () => {
  const answer = await ask(options, { verb: "related", indicators: planted });
  const secrets = [sandbox.refreshToken, sandbox.user, proxy.url, ...planted.map(({ value }) => value), ...answer.results.flatMap(({ id: caseId, title }) => [caseId, title])];
  const records = await stored(options);
  assert.ok(Object.keys(records).some((key) => key.startsWith("segment ")) && "manifest" in records);
  for (const [key, text] of Object.entries(records)) {
    const shown = secrets.filter((secret) => secret.length > 3 && `${key} ${text}`.toLowerCase().includes(secret.toLowerCase()));
    assert.deepEqual(shown, [], key);
  }
  const handedOut = await options.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("sightline");
        opening.onsuccess = () => {
          opening.result.transaction("keys").objectStore("keys").get("vault-1").onsuccess = ({ target }) => {
            opening.result.close();
            crypto.subtle.exportKey("raw", target.result).then(() => resolve(true), () => resolve(false));
          };
        };
      }),
  );
  assert.equal(handedOut, false);
});

for (const [name, prefix, how] of [
  ["a segment of which a byte has changed", "segment ", "flip"],
  ["segments that are gone", "segment ", "delete"],
  ["a list of segments that has changed", "manifest", "flip"],
  ["a list of segments that is gone", "manifest", "delete"],
  ["a state that has changed", "state ", "flip"],
]) {
  test(`damage, ${name}: said, never an all-clear, and made good by itself`, { timeout: 90_000 }, async () => {
    await waitUntilFilled(options, id);
    await set({ ...everything, calls: 1 }); // it must not be made good before it was looked at
    await chromium.stopWorker();
    assert.ok((await tamper(options, prefix, how)) > 0);
    const damaged = await progressOf(options, id);
    assert.match(damaged.view.damage?.words ?? "", /fetched again/);
    const nowhere = { type: "ipv4", value: "192.0.2.251" };
    const answer = await ask(options, { verb: "related", indicators: [nowhere] });
    assert.ok(answer.sources[0].indexed === false || answer.sources[0].state === "partial", JSON.stringify(answer.sources));
    if (answer.sources[0].indexed) assert.deepEqual(answer.new, [], "nothing is called new");
    await options.reload();
    await options.waitForSelector("[data-damage]");
    await set(everything);
    const whole = await waitUntilFilled(options, id);
    assert.equal(whole.view.status.objects, whole.total);
    assert.equal(await compare(options, sandbox), "");
    assert.equal((await progressOf(options, id)).view.damage, null, "what was made good is not told any more");
    assert.equal((await segments()).length, whole.view.status.segments, "and what was damaged is gone from the store");
  });
}

test("stopped and told to go on: nothing is fetched in between, and what had come is kept", { timeout: 90_000 }, async () => {
  await ask(options, { verb: "index.empty", profileId: id });
  await askSandbox(sandbox, "faults", { method: "POST", body: { kind: "slow", operation: "observables", times: -1, delayMilliseconds: 60 } });
  await set(everything);
  await until("a part of it", async () => (await progressOf(options, id)).done > 20);
  await options.locator('[data-action="index-stop"]:not([disabled])').click();
  await options.waitForSelector(`[data-index="${id}"][data-standing="paused"]`);
  await sleep(300);
  const calls = proxy.seen.length;
  const { done } = await progressOf(options, id);
  assert.ok(done > 20);
  await chromium.stopWorker();
  await sleep(2500); // longer than an alarm that is due takes
  assert.equal(proxy.seen.length, calls);
  assert.equal((await progressOf(options, id)).done, done, "stored when it was stopped");
  await askSandbox(sandbox, "faults", { method: "DELETE" });
  await options.locator('[data-action="index-fill"]:not([disabled])').click();
  await waitUntilFilled(options, id);
  assert.equal(await compare(options, sandbox), "");
});

test(`killed ${kills} times at random moments of filling and merging: nothing lost, nothing doubled`, { timeout: 60_000 + kills * 40_000 }, async (t) => {
  const seed = Number(process.env.SIGHTLINE_SEED ?? Date.now() % 1_000_000);
  let state = seed;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  // Slow enough for several slices, each with its commit, and for the merges between them.
  await askSandbox(sandbox, "faults", { method: "POST", body: { kind: "slow", operation: "observables", times: -1, delayMilliseconds: 40 } });
  await ask(options, { verb: "index.empty", profileId: id });
  const begun = Date.now();
  await set(everything);
  await waitUntilFilled(options, id);
  const took = Date.now() - begun;
  const figures = { worker: 0, browser: 0, within: 0, wrong: [], repeated: 0, objects: 0 };
  for (let round = 1; round <= kills; round++) {
    await ask(options, { verb: "index.empty", profileId: id });
    const before = (await askSandbox(sandbox, "calls")).observables ?? 0;
    await set(everything);
    await sleep(random() * 0.9 * took);
    const { done = 0, phase } = await progressOf(options, id).catch(() => ({}));
    if (phase !== "idle") figures.within++;
    if (round % 2) {
      figures.worker++;
      await chromium.stopWorker();
      // Something wakes it: a page, an alarm, a look at a page.
      await options.evaluate(() => chrome.runtime.sendMessage({ verb: "state" }));
    } else {
      figures.browser++;
      const gone = new Promise((resolve) => chromium.browser.once("disconnected", resolve));
      chromium.browser.process().kill("SIGKILL");
      await gone;
      await open();
    }
    const progress = await waitUntilFilled(options, id, { timeout: 60_000 });
    const after = (await askSandbox(sandbox, "calls")).observables;
    figures.repeated += after - before - progress.total;
    figures.objects = progress.view.status.objects;
    const wrong = [await compare(options, sandbox)];
    if (progress.done !== progress.total || progress.view.status.objects !== progress.total) {
      wrong.push(`${progress.view.status.objects} objects, ${progress.done} of ${progress.total}`);
    }
    figures.wrong.push(...wrong.filter(Boolean).map((words) => `round ${round}, killed at ${done}: ${words}`));
  }
  t.diagnostic(
    `seed ${seed}: a fill takes ${took} ms; ${kills} kills (${figures.worker} of the worker, ${figures.browser} of the browser, ${figures.within} of them before the fill was complete), ` +
      `${figures.objects} cases each time, ${figures.repeated} observables calls repeated in all, ${figures.wrong.length} rounds wrong`,
  );
  assert.deepEqual(figures.wrong, []);
  await askSandbox(sandbox, "faults", { method: "DELETE" });
});

test("switched off it is kept and rests; emptied, nothing of it is left in the store", { timeout: 60_000 }, async () => {
  await waitUntilFilled(options, id);
  await set({ ...everything, on: false });
  const calls = proxy.seen.length;
  assert.ok((await segments()).length > 0);
  assert.deepEqual(await options.evaluate(() => chrome.alarms.get("index").then((alarm) => alarm ?? null)), null);
  await options.locator('[data-action="index-empty"]:not([disabled])').click();
  await options.waitForSelector('[data-action="confirm"][data-armed]');
  await options.locator('[data-action="confirm"]').click();
  await until("the store to be empty", async () => Object.keys(await stored(options)).join() === "agenda");
  assert.doesNotMatch((await stored(options)).agenda, new RegExp(id));
  await chromium.stopWorker();
  assert.equal((await progressOf(options, id)).view.status.objects, 0);
  assert.equal(proxy.seen.length, calls, "nothing was asked of the platform");
});

test("a profile that is deleted takes its index along", { timeout: 60_000 }, async () => {
  await set(everything);
  await waitUntilFilled(options, id);
  assert.ok((await segments()).length > 0);
  await ask(options, { verb: "profile.delete", id });
  assert.deepEqual(Object.keys(await stored(options)), ["agenda"]);
});
