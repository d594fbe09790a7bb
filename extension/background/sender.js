// One round of sending. Go decides (core/report), this carries it out:
// claim, commit, send, commit. Whoever runs it holds the lock on the outbox.

import { isBusy } from "./items.js";

/** @typedef {import("../types/core.js").Item} Item */

/**
 * @typedef {object} Ports
 * @property {() => Promise<Item[]>} list all items
 * @property {(expected: Item, next: Item) => Promise<boolean>} swap commits next if the stored item is still as expected
 * @property {Pick<import("./lifecycle.js").Core, "call">} core
 * @property {(profileId: string) => Promise<"yes" | "no" | "gone">} permitted whether the profile's host may be reached
 */

/** A round ends after this many looks at the clock, whatever the items say. */
const looks = 3;

/**
 * Sends what is due.
 *
 * @param {Ports} ports
 * @returns {Promise<number>} when something is due next, milliseconds since 1970; 0 is never
 */
export async function drain(ports) {
  /** @type {Set<string>} Each item is tried once a round. */
  const tried = new Set();
  let wakeAt = 0;
  for (let look = 0; look < looks; look++) {
    const items = (await ports.list()).filter(isBusy);
    if (items.length === 0) return 0;
    // Nobody else sends while we hold the lock: what says "sending" was left by the dead.
    const plan = await ports.core.call("outbox.recover", { items });
    for (const next of plan.items ?? []) {
      const old = items.find((item) => item.id === next.id);
      if (old) await ports.swap(old, next);
    }
    wakeAt = plan.wakeAt;
    const due = (plan.due ?? []).filter((id) => !tried.has(id));
    if (due.length === 0) break;
    for (const id of due) {
      tried.add(id);
      // What fails here leaves the item "sending", which the next round reads as
      // "outcome unknown". The others are not held up by it.
      await sendOne(ports, id).catch(() => {});
    }
  }
  return wakeAt;
}

/**
 * @param {Ports} ports
 * @param {string} id
 */
async function sendOne(ports, id) {
  const item = (await ports.list()).find((one) => one.id === id);
  if (!item) return;
  if (await parked(ports, item)) return;
  const claimed = (await ports.core.call("outbox.claim", { item, reason: "" })).item;
  if (!(await ports.swap(item, claimed))) return; // discarded or changed meanwhile
  // Asked again right before the bytes leave: the user may have taken it back.
  if (await parked(ports, claimed)) return;
  const sent = (await ports.core.call("outbox.send", { item: claimed, reason: "" })).item;
  await ports.swap(claimed, sent);
}

/**
 * Parks an item whose host must not be reached.
 *
 * @param {Ports} ports
 * @param {Item} item
 */
async function parked(ports, item) {
  const answer = await ports.permitted(item.profileId);
  if (answer === "yes") return false;
  const reason = answer === "gone" ? "profile" : "permission";
  const next = (await ports.core.call("outbox.park", { item, reason })).item;
  await ports.swap(item, next);
  return true;
}
