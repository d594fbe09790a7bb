// The mark on the toolbar icon: how many indicators a tab has, or that a report needs the user.

import { api } from "../lib/browser.js";

/** @typedef {import("../types/core.js").Item} Item */

const colour = { count: "#2f5d8a", trouble: "#b3261e" };

/**
 * Shows a tab's count until it goes elsewhere.
 *
 * @param {number} tabId
 * @param {number} count
 */
export async function showCount(tabId, count) {
  const text = countText(count);
  await quietly(api.action.setBadgeBackgroundColor({ tabId, color: colour.count }));
  await quietly(api.action.setBadgeText({ tabId, text }));
}

/** At most four characters fit. @param {number} count */
export function countText(count) {
  if (count === 0) return "0";
  return count < 1000 ? String(count) : `${Math.min(99, Math.floor(count / 1000))}k`;
}

/**
 * Marks all tabs while an item of the outbox waits for the user.
 *
 * @param {Item[]} items
 */
export async function showTrouble(items) {
  const trouble = items.some((item) => item.state === "paused" || item.state === "stopped");
  await quietly(api.action.setBadgeBackgroundColor({ color: trouble ? colour.trouble : colour.count }));
  await quietly(api.action.setBadgeText({ text: trouble ? "!" : "" }));
}

/** The tab may be gone by now. @param {Promise<void>} change */
const quietly = (change) => change.catch(() => {});
