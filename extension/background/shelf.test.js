import assert from "node:assert/strict";
import { test } from "node:test";

/** storage.session in memory; every answer takes a turn. */
const session = {
  /** @type {Record<string, any>} */ entries: {},
  /** @type {object[]} */ writes: [],
  /** @param {string | string[]} keys */
  async get(keys) {
    await new Promise((resolve) => setTimeout(resolve));
    return Object.fromEntries([keys].flat().map((key) => [key, structuredClone(session.entries[key])]));
  },
  /** @param {object} entries */
  async set(entries) {
    await new Promise((resolve) => setTimeout(resolve));
    session.writes.push(entries);
    Object.assign(session.entries, structuredClone(entries));
  },
};
globalThis.chrome = /** @type {any} */ ({ storage: { session } });
const shelf = await import("./shelf.js");

const job = (/** @type {string} */ id, state = "reading") => /** @type {any} */ ({ id, state });
const reading = (/** @type {string} */ text) => ({ passages: [{ text }], frames: [{ frameId: 0, map: "m" }] });

test("a job and its text are put in one write, and read back under its id alone", async () => {
  await shelf.begin(job("a"));
  const before = session.writes.length;
  await shelf.finish(job("a", "ready"), reading("text"));
  assert.equal(session.writes.length - before, 1);
  assert.deepEqual(await shelf.getJob(), job("a", "ready"));
  assert.deepEqual(await shelf.getReading("a"), reading("text"));
  assert.equal(await shelf.getReading("b"), null);
});

test("a job that begins takes the former one's text away", async () => {
  await shelf.begin(job("a"));
  await shelf.finish(job("a", "ready"), reading("text"));
  await shelf.begin(job("b"));
  assert.equal(await shelf.getReading("a"), null);
  assert.deepEqual(await shelf.getJob(), job("b"));
});

test("changes happen in the order in which they were asked for", async () => {
  const begun = shelf.begin(job("c"));
  const done = shelf.finish(job("c", "failed"), null);
  await Promise.all([begun, done]);
  assert.deepEqual(await shelf.getJob(), job("c", "failed"));
  assert.equal(await shelf.getReading("c"), null);
});
