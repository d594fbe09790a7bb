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

/**
 * Sends what is due.
 *
 * @param {Ports} ports
 * @returns {Promise<number>} when something is due next, milliseconds since 1970; 0 is never
 */
export async function drain(ports) {
  /** @type {Set<string>} Each item is tried once a round. */
  const tried = new Set();
  for (;;) {
    const { due, wakeAt } = await plan(ports);
    const untried = due.filter((id) => !tried.has(id));
    if (untried.length === 0) return wakeAt;
    for (const id of untried) {
      tried.add(id);
      // What fails here leaves the item "sending", which the next plan reads as
      // "outcome unknown". The others are not held up by it.
      const filed = await sendOne(ports, id).catch(() => false);
      // One that was not filed may have changed what is due: a platform that asked to
      // wait is asked nothing more.
      if (!filed) break;
    }
  }
}

/**
 * Puts the outbox in order and says what is due. Nobody else sends while we hold the
 * lock: what says "sending" was left by the dead.
 *
 * @param {Ports} ports
 * @returns {Promise<{ due: string[], wakeAt: number }>}
 */
async function plan(ports) {
  const items = (await ports.list()).filter(isBusy);
  if (items.length === 0) return { due: [], wakeAt: 0 };
  const agenda = await ports.core.call("outbox.recover", { items });
  for (const next of agenda.items ?? []) {
    const old = items.find((item) => item.id === next.id);
    if (old) await ports.swap(old, next);
  }
  return { due: agenda.due ?? [], wakeAt: agenda.wakeAt };
}

/**
 * @param {Ports} ports
 * @param {string} id
 * @returns {Promise<boolean>} whether the platform has it now
 */
async function sendOne(ports, id) {
  const item = (await ports.list()).find((one) => one.id === id);
  if (!item) return false;
  if (await parked(ports, item)) return false;
  const claimed = (await ports.core.call("outbox.claim", { item, reason: "" })).item;
  if (!(await ports.swap(item, claimed))) return false; // discarded or changed meanwhile
  // Asked again right before the bytes leave: the user may have taken it back.
  if (await parked(ports, claimed)) return false;
  const sent = (await ports.core.call("outbox.send", { item: claimed, reason: "" })).item;
  await ports.swap(claimed, sent);
  return sent.state === "filed";
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
