// Drafts as they are stored.

/** @typedef {import("../types/core.js").Draft} Draft */
/** @typedef {{ id: string, draft: Draft, savedAt: number }} Stored savedAt in milliseconds since 1970 */

/**
 * @param {Stored[]} stored
 * @returns {Stored | null}
 */
export function newest(stored) {
  return stored.reduce((/** @type {Stored | null} */ best, one) => (best && best.savedAt >= one.savedAt ? best : one), null);
}

/**
 * @param {Draft} draft
 * @returns {Stored}
 */
export const record = (draft) => ({ id: draft.id, draft, savedAt: Date.now() });
