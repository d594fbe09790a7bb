// Narrows the list of indicators and puts it into groups by type.

/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */
/** @typedef {{ type: string, label: string, items: Indicator[] }} Group */

/**
 * @param {Indicator[]} indicators in the order of the page
 * @param {{ query: string, type: string }} filter empty strings filter nothing
 * @returns {{ groups: Group[], held: Indicator[], shown: number }} groups in the
 *   order of their first find, held-back ones apart
 */
export function sift(indicators, { query, type }) {
  const wanted = plain(query);
  /** @type {Map<string, Group>} */
  const groups = new Map();
  /** @type {Indicator[]} */
  const held = [];
  let shown = 0;
  for (const indicator of indicators) {
    if (type !== "" && indicator.type !== type) continue;
    if (wanted !== "" && !matches(indicator, wanted)) continue;
    shown += 1;
    if (indicator.held !== "") {
      held.push(indicator);
      continue;
    }
    const group = groups.get(indicator.type);
    if (group) group.items.push(indicator);
    else groups.set(indicator.type, { type: indicator.type, label: indicator.label, items: [indicator] });
  }
  return { groups: [...groups.values()], held, shown };
}

/**
 * The keys of a list in the order in which it is drawn.
 *
 * @param {{ groups: Group[], held: Indicator[] }} sifted
 * @param {boolean} heldOpen whether the held-back ones are unfolded
 */
export function drawnOrder({ groups, held }, heldOpen) {
  const keys = groups.flatMap(({ items }) => items.map(({ key }) => key));
  return heldOpen ? [...keys, ...held.map(({ key }) => key)] : keys;
}

/**
 * @param {Indicator} indicator
 * @param {string} wanted as plain() gives it
 */
function matches(indicator, wanted) {
  return (
    indicator.value.toLowerCase().includes(wanted) ||
    indicator.label.toLowerCase().includes(wanted) ||
    plain(indicator.original).includes(wanted)
  );
}

/**
 * What was typed or pasted, without the common disguises: values are often pasted
 * the way a report writes them.
 *
 * @param {string} text
 */
export function plain(text) {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/\[(\.|:|@|\/|:\/\/)\]/g, "$1")
    .replaceAll(/\[dot\]|\(\.\)|\(dot\)/g, ".")
    .replace(/^h(xx|\*\*)p/, "http");
}
