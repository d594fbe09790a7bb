// Paints the finds of the present job in its page, through content/highlight.js.

import { api } from "../lib/browser.js";
import { fail } from "../lib/faults.js";
import { inject, restricted } from "./reader.js";
import * as shelf from "./shelf.js";

/** @typedef {import("../types/core.js").PreviewIndicator} PreviewIndicator */

/**
 * @param {string[]} keys which finds; empty is all that are not held back
 * @returns {Promise<number>} how many ranges were painted
 */
export async function show(keys) {
  const { job, frames, indicators } = await present();
  const wanted = new Set(keys);
  const chosen = indicators.filter((one) => (wanted.size > 0 ? wanted.has(one.key) : one.held === ""));
  await remember(job.tabId);
  let painted = 0;
  for (const [frameId, spans] of spansByFrame(chosen, frames)) {
    painted += Number(await run(job.tabId, frameId, "show", job.id, spans)) || 0;
  }
  return painted;
}

/**
 * @param {string} key
 * @returns {Promise<boolean>}
 */
export async function reveal(key) {
  const { job, frames, indicators } = await present();
  await remember(job.tabId);
  for (const [frameId, spans] of spansByFrame(
    indicators.filter((one) => one.key === key),
    frames,
  )) {
    if ((await run(job.tabId, frameId, "reveal", job.id, spans)) === true) return true;
  }
  return false;
}

/** Takes the paint away wherever it is. */
export async function clear() {
  const { painted } = await api.storage.session.get("painted");
  if (typeof painted !== "number") return;
  await api.storage.session.remove("painted");
  const func = () => Reflect.get(globalThis, "sightline")?.highlight?.clear();
  // A page that went on took its paint along.
  await api.scripting
    .executeScript({ target: { tabId: painted, allFrames: true }, func, injectImmediately: true })
    .catch(() => {});
}

/**
 * Sorts the spans of finds by the frame that they are in; pure.
 *
 * @param {PreviewIndicator[]} indicators
 * @param {{ frameId: number }[]} frames by passage
 * @returns {Map<number, number[]>} frame → pairs of start and end
 */
export function spansByFrame(indicators, frames) {
  /** @type {Map<number, number[]>} */
  const byFrame = new Map();
  for (const { spans } of indicators) {
    for (let i = 0; i + 2 < spans.length; i += 3) {
      const frame = frames[spans[i] ?? -1];
      if (!frame) continue; // the browser's copy of a selection has no place
      const pairs = byFrame.get(frame.frameId) ?? [];
      pairs.push(spans[i + 1] ?? 0, spans[i + 2] ?? 0);
      byFrame.set(frame.frameId, pairs);
    }
  }
  return byFrame;
}

async function present() {
  const job = await shelf.getJob();
  const reading = job && (await shelf.getReading(job.id));
  if (!job?.preview || !reading) fail("stale", "There is no preview to show in the page.", { todo: "Preview the page again." });
  return { job, frames: reading.frames, indicators: job.preview.indicators ?? [] };
}

/** @param {number} tabId */
async function remember(tabId) {
  const { painted } = await api.storage.session.get("painted");
  if (painted !== tabId) await clear();
  await api.storage.session.set({ painted: tabId });
}

/**
 * @param {number} tabId
 * @param {number} frameId
 * @param {"show" | "reveal"} act
 * @param {string} jobId
 * @param {number[]} spans
 * @returns {Promise<unknown>}
 */
async function run(tabId, frameId, act, jobId, spans) {
  const target = { tabId, frameIds: [frameId] };
  try {
    await inject(api.scripting.executeScript({ target, files: ["content/highlight.js"], injectImmediately: true }));
    const [answer] = await inject(
      api.scripting.executeScript({
        target,
        /** @type {(act: string, job: string, spans: number[]) => unknown} */
        func: (what, job, pairs) => Reflect.get(globalThis, "sightline").highlight[what](job, pairs),
        args: [act, jobId, spans],
        injectImmediately: true,
      }),
    );
    return answer?.result;
  } catch (cause) {
    throw restricted(cause instanceof Error ? cause.message : String(cause));
  }
}
