// What tests do with the index of cases: ask the background about it, look into its
// store, and compare what it answers with what the sandbox knows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./process.mjs";
import { root } from "./servers.mjs";
import { askSandbox } from "./stage.mjs";

/** All of it, with no bound. */
export const everything = { on: true, days: 0, cases: 0, calls: 0, bytes: 0 };

/** The planted indicators of all campaigns. */
export const planted = JSON.parse(readFileSync(join(root, "testdata/planted.json"), "utf8")).campaigns.flatMap(({ indicators }) => indicators);

/** Asks the background as our own pages do; answers the value. */
export async function ask(page, message) {
  const reply = await page.evaluate((sent) => chrome.runtime.sendMessage(sent), message);
  if (!reply?.ok) throw new Error(`${message.verb}: ${reply?.fault?.what ?? "no answer"} ${reply?.fault?.detail ?? ""}`);
  return reply.value;
}

/** How far the index of a profile is. */
export async function progressOf(page, profileId) {
  const view = await ask(page, { verb: "index.status" });
  return { ...view.status.profiles.find((one) => one.profileId === profileId), view };
}

/** Waits until the index of a profile is complete and at rest; nothing but the extension itself makes it go on. */
export const waitUntilFilled = (page, profileId, { timeout = 60_000 } = {}) =>
  until(
    "the index to be complete",
    async () => {
      const progress = await progressOf(page, profileId);
      return progress.asOf > 0 && progress.phase === "idle" && progress.view.filling.length === 0 && progress;
    },
    { timeout, every: 200 },
  );

/** What IndexedDB has of the index, by key, as text that a search can be made in. */
export const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("sightline");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const found = {};
          const walk = opening.result.transaction("index").objectStore("index").openCursor();
          const text = (value) => {
            if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
              const bytes = new Uint8Array(value.buffer ?? value);
              return new TextDecoder("latin1").decode(bytes) + new TextDecoder("utf-16le").decode(bytes);
            }
            return value && typeof value === "object" ? Object.entries(value).map(([key, inner]) => `${key}: ${text(inner)}`).join("\n") : String(value);
          };
          walk.onsuccess = () => {
            if (!walk.result) {
              opening.result.close();
              return resolve(found);
            }
            found[walk.result.key] = text(walk.result.value);
            walk.result.continue();
          };
        };
      }),
  );

/** Does something to a record of the index's store: flips a byte of it or takes it away. */
export const tamper = (page, prefix, how) =>
  page.evaluate(
    (start, act) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("sightline");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("index", "readwrite");
          const index = transaction.objectStore("index");
          let changed = 0;
          index.openCursor().onsuccess = ({ target: { result: cursor } }) => {
            if (!cursor) return;
            if (String(cursor.key).startsWith(start)) {
              changed++;
              if (act === "delete") cursor.delete();
              else {
                const sealed = cursor.value.sealed ?? cursor.value;
                new Uint8Array(sealed.data)[7] ^= 1;
                cursor.update(cursor.value);
              }
            }
            cursor.continue();
          };
          transaction.oncomplete = () => (opening.result.close(), resolve(changed));
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    prefix,
    how,
  );

/**
 * Whether what the index answers is what the sandbox knows: every case that holds one of
 * the planted indicators, once, and no other. Answers what is wrong, in words.
 */
export async function compare(page, sandbox, indicators = planted) {
  const answer = await ask(page, { verb: "related", indicators });
  const ids = answer.results.filter(({ kind, matched }) => kind === "case" && matched.length > 0).map(({ id }) => id);
  const truth = (await askSandbox(sandbox, "truth", { method: "POST", body: { values: indicators.map(({ value }) => value) } })).cases;
  const wrong = [];
  const doubled = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (doubled.length) wrong.push(`doubled: ${doubled}`);
  const lost = truth.filter((id) => !ids.includes(id));
  if (lost.length) wrong.push(`lost: ${lost}`);
  const invented = ids.filter((id) => !truth.includes(id));
  if (invented.length) wrong.push(`not the sandbox's: ${invented}`);
  const { problem } = await ask(page, { verb: "index.verify" });
  if (problem) wrong.push(problem);
  return wrong.join("; ");
}
