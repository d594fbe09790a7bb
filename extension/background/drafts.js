// Drafts: what is being written, kept at every pause.
//
// Several may lie in the store (an item that was reopened lies on top of what was being
// written); the one that was touched last is the present one.

import { done, transact } from "../lib/database.js";
import { fail } from "../lib/faults.js";
import { announce } from "./announce.js";
import { core } from "./core.js";
import { count } from "./items.js";
import * as jobs from "./jobs.js";
import { newest, record } from "./records.js";

/** @typedef {import("../types/core.js").Draft} Draft */

/** @returns {Promise<Draft | null>} */
export async function current() {
  return newest(await transact(["drafts"], "readonly", (store) => done(store("drafts").getAll())))?.draft ?? null;
}

/**
 * Makes a draft of the present job, in place of the present draft.
 *
 * @param {string[]} kept
 * @param {string} profileId
 */
export async function make(kept, profileId) {
  const job = await jobs.current();
  const passages = job && (await jobs.passages(job.id));
  if (job?.state !== "ready" || !passages) fail("stale", "There is no text to report.", { todo: "Preview the page again." });
  const items = await count();
  const made = await core.call("draft", { passages, pageTitle: job.title, pageUrl: job.url, kept, profileId, items });
  await transact(["drafts"], "readwrite", async (store) => {
    const old = newest(await done(store("drafts").getAll()));
    if (old) store("drafts").delete(old.id);
    store("drafts").put(record(made.draft));
  });
  announce("draft");
  return made;
}

/**
 * @param {Draft} draft
 * @returns {Promise<number>} when, milliseconds since 1970
 */
export async function save(draft) {
  const kept = record(draft);
  await transact(["drafts", "outbox"], "readwrite", async (store) => {
    // A late save of what was submitted meanwhile must not bring the draft back.
    if (await done(store("outbox").getKey(draft.id)))
      fail("stale", "This report was submitted already.", { kept: "It is in the outbox." });
    store("drafts").put(kept);
  });
  return kept.savedAt;
}

/** @param {string} id */
export async function discard(id) {
  await transact(["drafts"], "readwrite", (store) => done(store("drafts").delete(id)));
  announce("draft");
}
