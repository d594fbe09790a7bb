// The outbox: what was submitted, until the platform has it.
//
// Go decides what becomes of an item; here are the effects: commits, sending, waking up.

import { api } from "../lib/browser.js";
import { fail } from "../lib/faults.js";
import { announce } from "./announce.js";
import { showTrouble } from "./badge.js";
import { core } from "./core.js";
import * as items from "./items.js";
import { isPermitted } from "./permissions.js";
import { forgetAnswers } from "./platforms.js";
import { drain } from "./sender.js";
import * as vaulted from "./vaulted.js";

/** @typedef {import("../types/core.js").Draft} Draft */
/** @typedef {import("../types/core.js").Item} Item */

export const alarmName = "outbox";
/** Packed extensions are woken at most this often, minutes. */
const alarmPeriod = 0.5;
/** Shorter waits than this are waited for awake, milliseconds. */
const nap = 20_000;

export const list = items.list;

/**
 * Freezes a draft and commits it to the outbox; whoever gets the answer may say "saved".
 *
 * @param {Draft} draft
 * @param {string} hash of the bytes that the user was shown
 * @returns {Promise<Item>}
 */
export async function submit(draft, hash) {
  const known = await items.get(draft.id);
  const item = known ?? (await items.add((await core.call("freeze", { draft, hash, items: await items.count() })).item));
  if (item.prepared.hash !== hash) {
    fail("invalid", "This report was submitted already, with other words.", {
      kept: "The first one is in the outbox.",
      todo: "Make a new report.",
    });
  }
  changed("draft");
  await wakeUp();
  void flush();
  return item;
}

/**
 * @param {string} id
 * @returns {Promise<Item>}
 */
export async function retry(id) {
  const item = await existing(id);
  const next = (await core.call("outbox.retry", { item, reason: "" })).item;
  if (!(await items.swap(item, next))) busy();
  changed();
  await wakeUp();
  void flush();
  return next;
}

/**
 * Makes a draft again of an item that the platform refused.
 *
 * @param {string} id
 * @returns {Promise<Draft>}
 */
export async function reopen(id) {
  const item = await existing(id);
  if (item.state !== "stopped") busy();
  if (!(await items.take(item, item.draft))) busy();
  changed("draft");
  return item.draft;
}

/** @param {string} id */
export async function discard(id) {
  const item = await existing(id);
  if (item.state === "sending" || !(await items.take(item, null))) busy();
  changed();
}

/** Sends again what waited for a permission that is there now. */
export async function permitted() {
  announce("profiles");
  await release((item) => item.reason === "permission");
}

/**
 * Sends again what waited for this profile.
 *
 * @param {string} profileId
 */
export const profileChanged = (profileId) => release((item) => item.profileId === profileId);

/** @param {(item: Item) => boolean} isMeant */
async function release(isMeant) {
  for (const item of await items.list()) {
    if (item.state !== "paused" || !isMeant(item)) continue;
    if ((await mayReach(item.profileId)) !== "yes") continue;
    await items.swap(item, (await core.call("outbox.retry", { item, reason: "" })).item);
  }
  await resume();
}

/** Called at every start: makes the alarm again if it is gone, and sends what is due. */
export async function resume() {
  try {
    const all = await items.list();
    await showTrouble(all);
    if (!all.some(items.isBusy)) return;
    await wakeUp();
    await flush();
  } catch {
    // The storage is out of order; whoever asks for it next is told.
  }
}

/** @type {Promise<void> | null} */
let flushing = null;
let again = false;

/** Sends what is due; one at a time, in this context and in all others. */
export function flush() {
  again = true;
  flushing ??= rounds().finally(() => {
    flushing = null;
  });
  return flushing;
}

async function rounds() {
  // A call to the browser now and then keeps it from stopping us in mid-send.
  const beat = setInterval(() => void api.runtime.getPlatformInfo(), nap);
  try {
    while (again) {
      again = false;
      await navigator.locks.request("outbox", { ifAvailable: true }, (lock) => (lock ? round() : undefined));
    }
  } catch {
    // The alarm tries again.
  } finally {
    clearInterval(beat);
  }
}

async function round() {
  const wakeAt = await drain({ list: items.list, swap: watched, core, permitted: mayReach });
  const all = await items.list();
  await showTrouble(all);
  if (!all.some(items.isBusy)) await api.alarms.clear(alarmName);
  else await wakeUp();
  const wait = wakeAt - Date.now();
  if (wakeAt > 0 && wait < nap) setTimeout(() => void flush(), Math.max(wait, 1000));
}

/** @type {typeof items.swap} */
async function watched(expected, next) {
  const done = await items.swap(expected, next);
  if (done) announce("outbox");
  if (done && next.state === "filed") await forgetAnswers(); // the platform knows more now
  return done;
}

/** @param {string} profileId @returns {Promise<"yes" | "no" | "gone">} */
async function mayReach(profileId) {
  const stored = await vaulted.get(profileId);
  if (!stored) return "gone";
  return (await isPermitted(stored.pattern)) ? "yes" : "no";
}

async function wakeUp() {
  if (!(await api.alarms.get(alarmName))) await api.alarms.create(alarmName, { periodInMinutes: alarmPeriod });
}

/** @param {"draft"} [also] */
function changed(also) {
  announce("outbox");
  if (also) announce(also);
  void items.list().then(showTrouble);
}

/** @param {string} id */
async function existing(id) {
  return (await items.get(id)) ?? fail("stale", "This report is no longer in the outbox.", { todo: "Look at the list again." });
}

/** @returns {never} */
function busy() {
  fail("stale", "The report's state changed meanwhile.", {
    kept: "Nothing was lost.",
    todo: "Look at it again, then try again.",
  });
}
