// Where the present job and the text that it read are kept until the browser closes.
//
// storage.session holds 10 MB and never touches the disk. What is longer goes to
// IndexedDB, which is swept at every start of the browser and by the next job.

import { api } from "../lib/browser.js";
import { done, transact } from "../lib/database.js";

/** @typedef {import("../types/messages.js").Job} Job */
/** @typedef {import("../types/core.js").Passage} Passage */

/** What was read, and where: passages and frames run in step; map is the name of the frame's text in content/collect.js. */
/** @typedef {{ passages: Passage[], frames: { frameId: number, map: string }[] }} Reading */

/** UTF-16 units of JSON per value: two values of at most three bytes a unit stay below 10 MB. */
const room = 1_500_000;

/** The last change. One follows the other: which job is the present one must not be chance. @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * @param {() => Promise<void>} change
 * @returns {Promise<void>}
 */
function inTurn(change) {
  const done = last.then(change);
  last = done.catch(() => {}); // told to who asked for it
  return done;
}

/**
 * Puts a job that begins in place of the former one and of its text.
 *
 * @param {Job} job
 */
export const begin = (job) =>
  inTurn(async () => {
    const old = await api.storage.session.get(["job", "reading"]);
    await api.storage.session.set({ job: { value: job }, reading: null });
    // The disk is slow: it is touched only when there is something to take away.
    if (!isOnDisk(old["job"]) && !isOnDisk(old["reading"])) return;
    await transact(["passages"], "readwrite", (store) => done(store("passages").clear())).catch(() => {});
  });

/**
 * Puts what became of the job that begin() put there, in one write.
 *
 * @param {Job} job
 * @param {Reading | null} reading null when nothing was read
 */
export const finish = (job, reading) =>
  inTurn(async () => {
    const values = { job, reading: reading && { jobId: job.id, reading } };
    const isSmall = Object.values(values).every((value) => JSON.stringify(value).length <= room);
    if (isSmall && (await keep({ job: { value: values.job }, reading: { value: values.reading } }))) return;
    await transact(["passages"], "readwrite", async (store) => {
      store("passages").put(values.job, "job");
      store("passages").put(values.reading, "reading");
    });
    await api.storage.session.set({ job: { onDisk: true }, reading: { onDisk: true } });
  });

/**
 * @param {object} entries
 * @returns {Promise<boolean>} false when there is no room
 */
const keep = (entries) =>
  api.storage.session.set(entries).then(
    () => true,
    () => false,
  );

/** @param {unknown} entry */
const isOnDisk = (entry) => typeof entry === "object" && entry !== null && "onDisk" in entry;

/** @param {"job" | "reading"} key */
async function get(key) {
  const entry = (await api.storage.session.get(key))[key];
  if (!isOnDisk(entry)) return /** @type {any} */ (entry)?.value ?? null;
  return (await transact(["passages"], "readonly", (store) => done(store("passages").get(key)))) ?? null;
}

/** @returns {Promise<Job | null>} */
export const getJob = () => get("job");

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
      if (!isOnDisk(session[String(key)])) store("passages").delete(key);
    }
  });
}
