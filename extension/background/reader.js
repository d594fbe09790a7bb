// Reads the text of a tab, frame by frame, by injecting content/collect.js on a gesture.

import { api } from "../lib/browser.js";
import { FaultError, makeFault } from "../lib/faults.js";

/** What collect.js answers in one frame. A claim of a hostile page. */
/** @typedef {{ text: string, truncated: boolean, blocked: number, foreign: boolean, type: string, map: string }} Collected */
/** @typedef {{ frameId: number, result: Collected }} FrameText */
/** @typedef {import("./shelf.js").Reading} Reading */

/** The most text of one job, UTF-16 units. */
export const cap = 8 * 1024 * 1024;

/** How long a page may take, milliseconds: one that shows a dialog answers nothing. */
const patience = 15_000;

/**
 * @param {number} tabId
 * @param {"auto" | "page"} scope
 * @param {string} selectionText the browser's own copy of the selection; "" when it gave none
 * @returns {Promise<Reading & { scope: "selection" | "page", read: number, unreadable: number, truncated: boolean, length: number }>}
 */
export async function readTab(tabId, scope, selectionText) {
  try {
    // One trip gives what is selected: the way that analysts take most.
    /** @type {{ frameId: number, result?: unknown }[]} */
    const found = await inject(
      api.scripting.executeScript({ target: { tabId, allFrames: true }, files: ["content/collect.js"], injectImmediately: true }),
    );
    if (scope === "auto") {
      const selected = found.filter(isFrameText);
      const reading = assemble(selected);
      if (reading.length > 0) return { ...reading, scope: "selection" };
      // The selection is in a frame that is kept from us: the menu's copy of it will do.
      // It is none where nothing but a password or a picture is selected.
      if (selected.length === 0 && selectionText.trim()) return copied(selectionText);
    }
    const reading = await collect(
      tabId,
      found.map((frame) => frame.frameId),
    );
    if (reading.read === 0) throw left("no frame answered");
    if (reading.length === 0 && reading.pdf) throw restricted("the browser's PDF viewer");
    return { ...reading, scope: "page" };
  } catch (cause) {
    if (selectionText.trim() && scope === "auto") return copied(selectionText);
    throw cause instanceof FaultError ? cause : unread(cause);
  }
}

/**
 * Reads all that is shown, where collect.js is already.
 *
 * @param {number} tabId
 * @param {number[]} frameIds
 */
async function collect(tabId, frameIds) {
  /** @type {{ frameId: number, result?: unknown }[]} */
  const answers = await inject(
    api.scripting.executeScript({
      target: { tabId, frameIds },
      /** @type {() => Collected} */
      func: () => Reflect.get(globalThis, "sightline").collect(),
      injectImmediately: true,
    }),
  );
  return assemble(answers.filter(isFrameText));
}

/**
 * Puts the frames' texts together, the page's own first; pure.
 *
 * @param {FrameText[]} frames
 */
export function assemble(frames) {
  const ordered = [...frames].sort((a, b) => a.frameId - b.frameId);
  /** @type {Reading} */
  const reading = { passages: [], frames: [] };
  let length = 0;
  let truncated = false;
  for (const { frameId, result } of ordered) {
    const text = result.text.slice(0, cap - length);
    truncated ||= result.truncated || text.length < result.text.length;
    if (!text) continue;
    length += text.length;
    reading.passages.push({ text });
    reading.frames.push({ frameId, map: String(result.map) });
  }
  // A frame of another origin counts as blocked in its parent, unless it was read after all.
  const blocked = ordered.reduce((sum, { result }) => sum + result.blocked, 0);
  const foreign = ordered.filter(({ result }) => result.foreign).length;
  const pdf = ordered.some(({ result }) => result.type === "application/pdf");
  return { ...reading, read: ordered.length, unreadable: Math.max(0, blocked - foreign), truncated, length, pdf };
}

/**
 * @param {string} text
 * @returns {ReturnType<typeof readTab> extends Promise<infer T> ? T : never}
 */
function copied(text) {
  const kept = text.slice(0, cap);
  return {
    passages: [{ text: kept }],
    frames: [],
    scope: "selection",
    read: 0,
    unreadable: 1,
    truncated: kept.length < text.length,
    length: kept.length,
  };
}

/**
 * @template T
 * @param {Promise<T>} injection
 * @returns {Promise<T>}
 */
export function inject(injection) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new FaultError(
            makeFault("timeout", "The page did not answer.", { todo: "Close any dialog that it shows, then try again." }),
          ),
        ),
      patience,
    );
  });
  return Promise.race([injection, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

/**
 * @param {{ frameId: number, result?: unknown }} frame
 * @returns {frame is FrameText}
 */
function isFrameText(frame) {
  const { result } = frame;
  return typeof result === "object" && result !== null && typeof Reflect.get(result, "text") === "string";
}

/**
 * Why a page was not read, by the browser's own words: it went away meanwhile, or may not be read.
 *
 * @param {unknown} cause
 */
export function unread(cause) {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const gone =
    /tab was closed|No tab with id|Invalid tab ID|Tabs cannot be|removed|No frame with id|No document with id|destroyed before|manager disconnected/i;
  return gone.test(detail) ? left(detail) : restricted(detail);
}

/** @param {string} detail */
function left(detail) {
  return new FaultError(
    makeFault("stale", "The page went away while it was read.", {
      kept: "Nothing was read.",
      todo: "Preview the page that is there now.",
      detail: detail.slice(0, 300),
    }),
  );
}

/**
 * Tells a page that no extension may read from one that we were not asked to read.
 *
 * @param {string} detail the browser's own words
 */
export function restricted(detail) {
  const ungranted = /must request permission|Missing host permission/i.test(detail);
  return new FaultError(
    makeFault(
      "restricted",
      ungranted ? "Sightline may not read this page yet." : "The browser does not let extensions read this page.",
      {
        kept: "Nothing was read.",
        todo: ungranted
          ? "Click Sightline's icon in the toolbar, or choose it in the page's context menu, then read the page again."
          : "Its own pages, its store and its PDF viewer are closed to extensions: copy the text to an ordinary page, or select it and use the context menu.",
        detail: detail.slice(0, 300),
      },
    ),
  );
}
