// Where the present job and the text that it read are kept until the browser closes.
//
// storage.session holds 10 MB and never touches the disk. What is longer goes to
// IndexedDB, which is swept at every start of the browser and by the next job.

import { api } from "../lib/browser.js";
import { done, transact } from "../lib/database.js";

/** @typedef {import("../types/messages.js").Job} Job */
/** @typedef {import("../types/core.js").Passage} Passage */

/** What was read, and where: passages and frames run in step. */
/** @typedef {{ passages: Passage[], frames: { frameId: number }[] }} Reading */

/** UTF-16 units of JSON per value: two values of at most three bytes a unit stay below 10 MB. */
const room = 1_500_000;

/**
 * @template T
 * @param {string} key
 * @param {T} value
 */
async function put(key, value) {
  const old = (await api.storage.session.get(key))[key];
  const small = JSON.stringify(value).length <= room;
  if (
    small &&
    (await api.storage.session.set({ [key]: { value } }).then(
      () => true,
      () => false,
    ))
  ) {
    // The disk is slow: it is touched only when there is something to take away.
    if (isOnDisk(old)) await transact(["passages"], "readwrite", (store) => done(store("passages").delete(key))).catch(() => {});
    return;
  }
  await transact(["passages"], "readwrite", (store) => done(store("passages").put(value, key)));
  await api.storage.session.set({ [key]: { onDisk: true } });
}

/** @param {unknown} entry */
const isOnDisk = (entry) => typeof entry === "object" && entry !== null && "onDisk" in entry;

/** @param {string} key */
async function get(key) {
  const entry = (await api.storage.session.get(key))[key];
  if (!isOnDisk(entry)) return /** @type {any} */ (entry)?.value ?? null;
  return (await transact(["passages"], "readonly", (store) => done(store("passages").get(key)))) ?? null;
}

/** @param {Job} job */
export const putJob = (job) => put("job", job);

/** @returns {Promise<Job | null>} */
export const getJob = () => get("job");

/**
 * @param {string} jobId
 * @param {Reading} reading
 */
export const putReading = (jobId, reading) => put("reading", { jobId, reading });

/**
 * @param {string} jobId
 * @returns {Promise<Reading | null>} null when another job took its place
 */
export async function getReading(jobId) {
  const entry = await get("reading");
  return entry?.jobId === jobId ? entry.reading : null;
}

/** Sweeps text of former sessions from the disk. */
export async function sweep() {
  const session = await api.storage.session.get(null);
  await transact(["passages"], "readwrite", async (store) => {
    for (const key of await done(store("passages").getAllKeys())) {
      if (!(String(key) in session)) store("passages").delete(key);
    }
  });
}
