// What a page remembers until the browser closes, in memory alone: the indicators
// that were picked must not reach the disk through a session file.

import { api } from "../../lib/browser.js";

/**
 * @template T
 * @param {string} key
 * @param {T} otherwise
 * @returns {Promise<T>}
 */
export async function recall(key, otherwise) {
  try {
    const found = await api.storage.session.get(key);
    return /** @type {T} */ (found[key] ?? otherwise);
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export async function remember(key, value) {
  try {
    await api.storage.session.set({ [key]: value });
  } catch {
    // The quota is shared with the job. What is lost is a selection, not a report.
  }
}
