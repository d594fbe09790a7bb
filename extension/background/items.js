// The outbox's store, and the few questions that the background asks of an item.
// The states and their meaning are core/report's.

import { done, transact } from "../lib/database.js";
import { record } from "./records.js";

/** @typedef {import("../types/core.js").Item} Item */
/** @typedef {import("../types/core.js").Draft} Draft */

/** Whether an item moves by itself. @param {Item} item */
export const isBusy = (item) => item.state === "pending" || item.state === "sending";

/**
 * Whether nothing happened to an item since it was read.
 *
 * @param {Item | undefined} stored
 * @param {Item} expected
 */
export function isSame(stored, expected) {
  return (
    stored?.state === expected.state &&
    stored.updatedAt === expected.updatedAt &&
    stored.attempts === expected.attempts &&
    stored.retryAt === expected.retryAt
  );
}

/** @returns {Promise<Item[]>} newest first */
export async function list() {
  /** @type {Item[]} */
  const items = await transact(["outbox"], "readonly", (store) => done(store("outbox").getAll()));
  return items.sort((a, b) => b.createdAt - a.createdAt);
}

/** How many there are; what that means is the core's to say. @returns {Promise<number>} */
export const count = () => transact(["outbox"], "readonly", (store) => done(store("outbox").count()));

/**
 * @param {string} id
 * @returns {Promise<Item | undefined>}
 */
export function get(id) {
  return transact(["outbox"], "readonly", (store) => done(store("outbox").get(id)));
}

/**
 * Puts a new item in and takes its draft away, both or neither. An item that is
 * there already stays: the second click has the effect of the first.
 *
 * @param {Item} item
 * @returns {Promise<Item>} the item that is in the outbox now
 */
export function add(item) {
  return transact(["outbox", "drafts"], "readwrite", async (store) => {
    /** @type {Item | undefined} */
    const other = await done(store("outbox").get(item.id));
    if (!other) store("outbox").put(item);
    store("drafts").delete(item.id);
    return other ?? item;
  });
}

/**
 * @param {Item} expected
 * @param {Item} next
 * @returns {Promise<boolean>} false when the stored item is another by now
 */
export function swap(expected, next) {
  return transact(["outbox"], "readwrite", async (store) => {
    if (!isSame(await done(store("outbox").get(expected.id)), expected)) return false;
    store("outbox").put(next);
    return true;
  });
}

/**
 * Takes an item out that is not being sent.
 *
 * @param {Item} expected
 * @param {Draft | null} draft what goes back to the drafts, in the same transaction
 * @returns {Promise<boolean>} false when the stored item is another by now
 */
export function take(expected, draft) {
  return transact(["outbox", "drafts"], "readwrite", async (store) => {
    if (!isSame(await done(store("outbox").get(expected.id)), expected)) return false;
    store("outbox").delete(expected.id);
    if (draft) store("drafts").put(record(draft));
    return true;
  });
}
