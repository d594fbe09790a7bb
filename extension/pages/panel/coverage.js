// How far a look-up got: how many of the asked indicators are known, how many nearly,
// how many are new, and how many nothing can be said about.

/** @typedef {import("../../types/core.js").Answer} Answer */
/** @typedef {import("../../types/core.js").Reference} Reference */
/** @typedef {{ asked: number, known: number, near: number, new: number, unsure: number }} Coverage near: something that comes near it is known, e.g. its host */
/** @typedef {"known" | "near" | "new" | "unsure"} Standing */

/** Whether every source answered in full: only then may anything be called new. @param {Answer} answer */
export const isComplete = ({ sources }) => sources.length > 0 && sources.every(({ state }) => state === "answered");

/**
 * @param {Answer} answer
 * @param {number} asked
 * @returns {Coverage} known + near + new + unsure = asked
 */
export function coverage(answer, asked) {
  const known = Math.min(answer.known.length, asked);
  const near = Math.min(answer.near?.length ?? 0, asked - known);
  // The core leaves an indicator out of "new" while a source failed. It is asked
  // again here, because a false all-clear is the one mistake that must not happen.
  const fresh = isComplete(answer) ? Math.min(answer.new.length, asked - known - near) : 0;
  return { asked, known, near, new: fresh, unsure: asked - known - near - fresh };
}

/**
 * What the look-up says of each indicator, by key.
 *
 * @param {Answer} answer
 * @returns {Map<string, { state: "known" | "new", count: number }>} count is the number of results that hold it
 */
export function standing(answer) {
  /** @type {Map<string, { state: "known" | "new", count: number }>} */
  const standings = new Map();
  if (isComplete(answer))
    for (const reference of answer.new) standings.set(keyOf(reference), { state: "new", count: 0 });
  for (const reference of answer.known) standings.set(keyOf(reference), { state: "known", count: 0 });
  for (const { matched } of answer.results) {
    for (const reference of matched) {
      const before = standings.get(keyOf(reference));
      standings.set(keyOf(reference), { state: "known", count: (before?.count ?? 0) + 1 });
    }
  }
  return standings;
}

/**
 * The asked indicators by what the look-up says of them, each list in the order in
 * which they were asked.
 *
 * @param {Answer} answer
 * @param {Reference[]} asked
 * @returns {Record<Standing, Reference[]>}
 */
export function byStanding(answer, asked) {
  const keys = (/** @type {Reference[]} */ list) => new Set(list.map(keyOf));
  const [known, near, fresh] = [keys(answer.known), keys(answer.near ?? []), keys(isComplete(answer) ? answer.new : [])];
  /** @type {Record<Standing, Reference[]>} */
  const sorted = { known: [], near: [], new: [], unsure: [] };
  for (const reference of asked) {
    const key = keyOf(reference);
    sorted[known.has(key) ? "known" : near.has(key) ? "near" : fresh.has(key) ? "new" : "unsure"].push(reference);
  }
  return sorted;
}

/** The key that a preview gives the same indicator. @param {Reference} reference */
export const keyOf = ({ type, value }) => `${type}|${value}`;
