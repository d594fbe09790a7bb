// Enclave ids written by hand, where the platform does not list enclaves.

/**
 * The ids in a text, one a line or separated by commas; each once, in their order.
 *
 * @param {string} text
 */
export const parseIds = (text) => [...new Set(text.split(/[\n\r,;]/).map((id) => id.trim()))].filter((id) => id !== "");

/**
 * What a field for ids should show: the text as it was typed as long as it means
 * these ids, so that nothing moves under the cursor; otherwise one id a line.
 *
 * @param {string[]} ids
 * @param {string} typed
 */
export function idText(ids, typed) {
  return same(parseIds(typed), ids) ? typed : ids.join("\n");
}

/**
 * Those that are not written as the platform writes ids; most likely names.
 * TruSTAR's ids are UUIDs.
 *
 * @param {string[]} ids
 */
export const oddIds = (ids) => ids.filter((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));

/**
 * @param {string[]} one
 * @param {string[]} other
 */
const same = (one, other) => one.length === other.length && one.every((id, at) => id === other[at]);
