// A job is one look at one page: read, preview, keep the answer for our pages.

import { api } from "../lib/browser.js";
import { faultOf, makeFault } from "../lib/faults.js";
import { announce } from "./announce.js";
import { showCount } from "./badge.js";
import { core } from "./core.js";
import * as highlights from "./highlights.js";
import { readTab, restricted } from "./reader.js";
import * as settings from "./settings.js";
import * as shelf from "./shelf.js";

/** @typedef {import("../types/messages.js").Job} Job */
/** @typedef {import("../types/messages.js").Intent} Intent */

/** The job that this life of the background works on; "" when there is none. */
let active = "";

/**
 * Reads a tab and keeps what was found. Never rejected for what is wrong with the
 * page: the job then has the state "failed" and says why.
 *
 * @param {{ tabId: number, scope: "auto" | "page", intent: Intent, selectionText?: string }} ask
 * @returns {Promise<Job>}
 */
export async function begin({ tabId, scope, intent, selectionText = "" }) {
  core.warm();
  void highlights.clear();
  const id = crypto.randomUUID();
  active = id;
  let job = blank(id, intent);
  try {
    const tab = await tabOf(tabId);
    job = { ...job, tabId: tab.id ?? 0, title: (tab.title ?? "").slice(0, 1000), url: (tab.url ?? "").slice(0, 4096) };
    const [{ passages, frames, scope: found, read, unreadable, truncated, length }] = await Promise.all([
      readTab(job.tabId, id, scope, selectionText),
      keep(job),
    ]);
    const preview = await core.call("preview", { passages });
    job = { ...job, state: "ready", scope: found, frames: { read, unreadable }, truncated, length, preview };
    if (active === id) await shelf.putReading(id, { passages, frames });
  } catch (thrown) {
    job = { ...job, state: "failed", fault: faultOf(thrown) };
  }
  // A newer look took our place meanwhile: its answer is the one to show.
  if (active !== id) return job;
  await keep(job);
  if (job.preview) await showCount(job.tabId, job.preview.total);
  if (job.state === "ready" && (await settings.read()).highlight) void highlights.show([]).catch(() => {}); // nobody waits for paint
  return job;
}

/** @returns {Promise<Job | null>} */
export async function current() {
  const job = await shelf.getJob();
  if (job?.state !== "reading" || job.id === active) return job;
  // The background that was reading is gone.
  return {
    ...job,
    state: "failed",
    fault: makeFault("stale", "Reading the page was interrupted.", { todo: "Preview it again." }),
  };
}

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

/** @param {Job} job */
async function keep(job) {
  await shelf.putJob(job);
  announce("job");
}

/** @param {number} tabId 0 is the active tab */
async function tabOf(tabId) {
  if (tabId) return api.tabs.get(tabId);
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  if (!tab?.id) throw restricted("no active tab");
  return tab;
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
