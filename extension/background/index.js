// The index of cases and alerts in this background: when it is filled, and by whom it
// is asked for.

import { api } from "../lib/browser.js";
import { announce } from "./announce.js";
import { core, loader, store } from "./core.js";
import { Indexer } from "./indexer.js";
import { isPermitted } from "./permissions.js";
import * as vaulted from "./vaulted.js";

/** @typedef {import("../types/messages.js").IndexView} IndexView */
/** @typedef {import("../types/core.js").FillSettings} FillSettings */

export const alarmName = "index";
/** An alarm is this far away at least, so that whoever woke us goes first. Milliseconds. */
const pause = 2_000;
/** Shorter waits than this are waited for awake, milliseconds. */
const nap = 20_000;
/** While a slice runs, our pages are told so often, and the browser sees that we live. Milliseconds. */
const beat = 1_000;
/** Packed extensions are woken at most this often, minutes. */
const period = 0.5;

const indexer = new Indexer({
  core,
  store,
  loader,
  permitted: async (profileId) => {
    const stored = await vaulted.get(profileId);
    return stored !== undefined && isPermitted(stored.pattern);
  },
  wake,
  changed: () => announce("index"),
  now: Date.now,
});

/** @param {number} at */
async function wake(at) {
  if (at === 0) await api.alarms.clear(alarmName);
  else await api.alarms.create(alarmName, { when: Math.max(at, Date.now() + pause), periodInMinutes: period });
}

export const view = () => indexer.view();
export const verify = async () => core.call("index.verify", {});

/**
 * @param {string} profileId
 * @param {FillSettings} settings
 * @returns {Promise<IndexView>}
 */
export async function set(profileId, settings) {
  const seen = await indexer.set(profileId, settings);
  void run();
  return seen;
}

/** @param {string} profileId */
export async function fill(profileId) {
  await indexer.goOn(profileId);
  void run();
  return indexer.view();
}

/** @param {string} profileId */
export async function stop(profileId) {
  const seen = await indexer.stop(profileId);
  void run(); // the others go on
  return seen;
}

/** @param {string} profileId */
export async function empty(profileId) {
  const seen = await indexer.empty(profileId);
  void run();
  return seen;
}

/** Forgets a profile before it is deleted. @param {string} profileId */
export async function forget(profileId) {
  if (await store.settings(profileId)) await indexer.empty(profileId);
}

/** Goes on with a profile that was changed: what another server had goes away. @param {string} profileId */
export async function profileChanged(profileId) {
  const settings = await store.settings(profileId);
  if (settings) await set(profileId, settings);
}

/** A permission came or went. */
export async function permissionsChanged() {
  indexer.interrupt();
  try {
    if ((await store.contents()).states.length > 0) await run();
  } catch {
    // The storage is out of order; whoever asks for it next is told.
  }
}

/** Called at every start, and cheap: nothing is loaded. Makes the alarm again if it is gone, or too late because a slice was cut off. */
export async function resume() {
  try {
    const { wakeAt } = await store.agenda();
    if (wakeAt > 0 && !running && (wakeAt <= Date.now() || !(await api.alarms.get(alarmName)))) await wake(wakeAt);
  } catch {
    // The storage is out of order; whoever asks for it next is told.
  }
}

/** @type {Promise<void> | null} */
let running = null;

/** Fills what is due; one slice at a time, in this context and in all others. */
export function run() {
  running ??= rounds().finally(() => {
    running = null;
  });
  return running;
}

async function rounds() {
  const pulse = setInterval(() => {
    announce("index");
    // A call to the browser now and then keeps it from stopping us in mid-slice.
    void api.runtime.getPlatformInfo();
  }, beat);
  try {
    await navigator.locks.request("index", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const next = await indexer.run();
      const wait = next - Date.now();
      if (next > 0 && wait < nap) setTimeout(() => void run(), Math.max(wait, 1000));
    });
  } catch {
    // The alarm tries again.
  } finally {
    clearInterval(pulse);
    announce("index");
  }
}
