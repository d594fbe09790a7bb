// What the look-up says of each indicator: known and where, nearly known, new, not said.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { valueLine } from "../shared/value.js";
import { byStanding, keyOf } from "./coverage.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Answer} Answer */
/** @typedef {import("../../types/core.js").Reference} Reference */
/** @typedef {import("./coverage.js").Standing} Standing */

/** So many of a list are drawn; the rest is counted. */
const LONG = 60;

/** @type {[standing: Standing, message: string, hint: string][]} */
const lists = [
  ["known", "coveredKnown", ""],
  ["near", "coveredNear", "coveredNearHint"],
  ["new", "coveredNew", ""],
  ["unsure", "coveredUnsure", "coveredUnsureHint"],
];

/**
 * @param {Model} model
 * @param {Answer} answer
 * @param {Map<string, string>} defanged by key
 */
export function coveredPart(model, answer, defanged) {
  const sorted = byStanding(answer, model.asked);
  const counts = holders(answer);
  return html`<section class="section covered" aria-labelledby="covered-title">
    <h2 id="covered-title">${t("coverage")}</h2>
    <div class="bar" aria-hidden="true">
      ${lists.map(([standing]) => (sorted[standing].length ? html`<span data-standing=${standing} .style=${`flex-grow: ${sorted[standing].length}`}></span>` : nothing))}
    </div>
    ${lists.map(([standing, message, hint]) => list(standing, message, hint, sorted[standing], counts, defanged))}
  </section>`;
}

/**
 * @param {Standing} standing
 * @param {string} message
 * @param {string} hint
 * @param {Reference[]} references
 * @param {Map<string, number>} counts
 * @param {Map<string, string>} defanged
 */
function list(standing, message, hint, references, counts, defanged) {
  if (references.length === 0) return nothing;
  const hidden = references.length - LONG;
  return html`<details data-covered=${standing} data-count=${references.length}>
    <summary class="small">
      ${icon("turn", "turn")}<i class="dot" data-standing=${standing}></i><span class="grow">${t(message)}</span>
      <span class="number">${number(references.length)}</span>
    </summary>
    ${hint ? html`<p class="small soft">${t(hint)}</p>` : nothing}
    <ul>
      ${references.slice(0, LONG).map((reference) => {
        const count = counts.get(keyOf(reference)) ?? 0;
        return html`<li class="row">
          <span class="grow">${valueLine(defanged.get(keyOf(reference)) ?? reference.value)}</span>
          ${count ? html`<span class="small soft number whole">${tn("inResults", count)}</span>` : nothing}
        </li>`;
      })}
    </ul>
    ${hidden > 0 ? html`<p class="small soft">${tn("andMore", hidden)}</p>` : nothing}
  </details>`;
}

/** In how many results each indicator stands, itself or nearly. @param {Answer} answer */
function holders({ results }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { matches } of results) {
    for (const key of new Set((matches ?? []).map(({ indicator }) => keyOf(indicator)))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
