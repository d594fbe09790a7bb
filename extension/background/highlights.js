// Paints the finds of the present job in its page, through content/highlight.js.

import { api } from "../lib/browser.js";
import { fail, FaultError } from "../lib/faults.js";
import { inject, unread } from "./reader.js";
import * as shelf from "./shelf.js";

/** @typedef {import("../types/core.js").PreviewIndicator} PreviewIndicator */
/** @typedef {{ frameId: number, map: string, spans: number[] }} Place spans are pairs of start and end in the frame's text */

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
  for (const place of spansByFrame(chosen, frames)) painted += Number(await run(job.tabId, "show", place)) || 0;
  return painted;
}

/**
 * @param {string} key
 * @returns {Promise<boolean>}
 */
export async function reveal(key) {
  const { job, frames, indicators } = await present();
  await remember(job.tabId);
  const meant = indicators.filter((one) => one.key === key);
  for (const place of spansByFrame(meant, frames)) if ((await run(job.tabId, "reveal", place)) === true) return true;
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
 * @param {{ frameId: number, map: string }[]} frames by passage
 * @returns {Place[]}
 */
export function spansByFrame(indicators, frames) {
  /** @type {Map<number, Place>} */
  const places = new Map();
  for (const { spans } of indicators) {
    for (let i = 0; i + 2 < spans.length; i += 3) {
      const frame = frames[spans[i] ?? -1];
      if (!frame) continue; // the browser's copy of a selection has no place
      const place = places.get(frame.frameId) ?? { ...frame, spans: [] };
      place.spans.push(spans[i + 1] ?? 0, spans[i + 2] ?? 0);
      places.set(frame.frameId, place);
    }
  }
  return [...places.values()];
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
 * @param {"show" | "reveal"} act
 * @param {Place} place
 * @returns {Promise<unknown>}
 */
async function run(tabId, act, { frameId, map, spans }) {
  const target = { tabId, frameIds: [frameId] };
  try {
    await inject(api.scripting.executeScript({ target, files: ["content/highlight.js"], injectImmediately: true }));
    const [answer] = await inject(
      api.scripting.executeScript({
        target,
        /** @type {(act: string, map: string, spans: number[]) => unknown} */
        func: (what, id, pairs) => Reflect.get(globalThis, "sightline").highlight[what](id, pairs),
        args: [act, map, spans],
        injectImmediately: true,
      }),
    );
    return answer?.result;
  } catch (cause) {
    throw cause instanceof FaultError ? cause : unread(cause);
  }
}
