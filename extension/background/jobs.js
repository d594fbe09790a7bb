// A job is one look at one page: read, preview, keep the answer for our pages.

import { api } from "../lib/browser.js";
import { faultOf, makeFault } from "../lib/faults.js";
import { announce } from "./announce.js";
import { showCount } from "./badge.js";
import { core } from "./core.js";
import * as highlights from "./highlights.js";
import { readTab, restricted, unread } from "./reader.js";
import * as settings from "./settings.js";
import * as shelf from "./shelf.js";

/** @typedef {import("../types/messages.js").Job} Job */
/** @typedef {import("../types/messages.js").Intent} Intent */
/** @typedef {{ tabId: number, scope: "auto" | "page", intent: Intent, selectionText?: string }} Ask tabId 0 is the active tab */

/** Wakes the background once more when it dies while it reads. */
export const alarmName = "reading";
/** Longer than a page and the core are waited for, minutes. */
const alarmDelay = 2;

/** Waits shorter than this are not shown: our pages would only draw twice. Milliseconds. */
const noticeable = 200;

/** The job that this life of the background works on; "" when there is none. */
let active = "";

/**
 * Reads a tab and keeps what was found. Never rejected for what is wrong with the
 * page: the job then has the state "failed" and says why.
 *
 * @param {Ask} ask
 * @returns {Promise<Job>}
 */
export async function begin(ask) {
  const job = blank(crypto.randomUUID(), ask.intent);
  active = job.id;
  try {
    return await work(job, ask);
  } finally {
    if (active === job.id) {
      active = "";
      void api.alarms.clear(alarmName);
    }
  }
}

/**
 * @param {Job} job
 * @param {Ask} ask
 */
async function work(job, { tabId, scope, selectionText = "" }) {
  /** @type {shelf.Reading | null} */
  let reading = null;
  try {
    const id = tabId || (await activeTab());
    // The page and the core take longest, and neither waits for the other.
    const reads = readTab(id, scope, selectionText);
    reads.catch(() => {}); // awaited below, unless the tab is gone
    core.warm();
    void highlights.clear();
    void api.alarms.create(alarmName, { delayInMinutes: alarmDelay });
    job = await named(job, id);
    void shelf.begin(job).catch(() => {}); // finish() tells what is wrong with the storage
    setTimeout(() => active === job.id && announce("job"), noticeable);
    const { passages, frames, scope: found, read, unreadable, truncated, length } = await reads;
    const preview = await core.call("preview", { passages });
    reading = { passages, frames };
    job = { ...job, state: "ready", scope: found, frames: { read, unreadable }, truncated, length, preview };
  } catch (thrown) {
    job = { ...job, state: "failed", fault: faultOf(thrown) };
  }
  // A newer look took our place meanwhile: its answer is the one to show.
  if (active !== job.id) return job;
  await shelf.finish(job, reading);
  announce("job");
  if (job.preview) void adorn(job.tabId, job.preview.total);
  return job;
}

/**
 * What nobody waits for: the count on the icon, and paint if it is wanted.
 *
 * @param {number} tabId
 * @param {number} total
 */
async function adorn(tabId, total) {
  await showCount(tabId, total);
  if ((await settings.read()).highlight) await highlights.show([]).catch(() => {});
}

/** @returns {Promise<Job | null>} */
export async function current() {
  const job = await shelf.getJob();
  return job && isOrphan(job, active) ? interrupted(job) : job;
}

/** Writes down that a job failed whose reader died. Called at every start. */
export async function settle() {
  const job = await shelf.getJob();
  if (!job || !isOrphan(job, active)) return;
  await shelf.finish(interrupted(job), null);
  announce("job");
}

/**
 * Whether the background that was reading is gone: one that lives knows its job.
 *
 * @param {Pick<Job, "id" | "state">} job
 * @param {string} alive the job that is being worked on
 */
const isOrphan = (job, alive) => job.state === "reading" && job.id !== alive;

/**
 * @param {Job} job
 * @returns {Job}
 */
const interrupted = (job) => ({
  ...job,
  state: "failed",
  fault: makeFault("stale", "Reading the page was interrupted.", { todo: "Preview it again." }),
});

/**
 * The text that a job read; null when it is no longer kept.
 *
 * @param {string} jobId
 */
export async function passages(jobId) {
  return (await shelf.getReading(jobId))?.passages ?? null;
}

/** Forgets what former sessions left. */
export async function forgetOld() {
  await shelf.sweep().catch(() => {}); // a broken store is reported when it is needed
}

/**
 * @param {Job} job
 * @param {number} tabId
 */
async function named(job, tabId) {
  const tab = await api.tabs.get(tabId).catch((cause) => {
    throw unread(cause);
  });
  return { ...job, tabId, title: (tab.title ?? "").slice(0, 1000), url: (tab.url ?? "").slice(0, 4096) };
}

async function activeTab() {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  if (!tab?.id) throw restricted("no active tab");
  return tab.id;
}

/**
 * @param {string} id
 * @param {Intent} intent
 * @returns {Job}
 */
function blank(id, intent) {
  return {
    id,
    intent,
    state: "reading",
    scope: "page",
    tabId: 0,
    title: "",
    url: "",
    at: Date.now(),
    preview: null,
    frames: { read: 0, unreadable: 0 },
    truncated: false,
    length: 0,
    fault: null,
  };
}
