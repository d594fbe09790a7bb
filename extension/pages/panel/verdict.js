// How far a look-up got, in one line.

import { html } from "../../vendor/lit-html/lit-html.js";
import { number, t } from "../shared/i18n.js";
import { coverage, isComplete } from "./coverage.js";

/**
 * "7 of 31 known · 24 new", or what keeps it from being said.
 *
 * @param {import("../../types/core.js").Answer} answer
 * @param {number} asked
 */
export function verdict(answer, asked) {
  const silent = answer.sources.every(({ state }) => state === "failed");
  const parts = words(coverage(answer, asked), silent);
  return html`<span class="verdict" data-coverage data-complete=${isComplete(answer)}>
    ${parts.map(([name, text], at) => html`${at ? " · " : ""}<span data-standing=${name}>${text}</span>`)}
  </span>`;
}

/**
 * What may be said. "0 of 31 known" beside a failed source would read as an
 * all-clear, so it is left out.
 *
 * @param {Omit<import("./coverage.js").Coverage, "near"> & { near?: number }} found
 * @param {boolean} [silent] whether no source answered at all
 * @returns {[standing: string, words: string][]}
 */
export function words({ asked, known, near = 0, new: fresh, unsure }, silent = false) {
  if (silent) return [["unsure", t("coverageFailed", number(asked))]];
  /** @type {[string, string][]} */
  const parts = [];
  if (fresh && !known && !near && !unsure) return [["new", t("coverageAllNew", number(fresh))]];
  if (known || !unsure) parts.push(["known", t("coverageKnown", number(known), number(asked))]);
  if (near) parts.push(["near", t("coverageNear", number(near))]);
  if (fresh) parts.push(["new", t("coverageNew", number(fresh))]);
  if (unsure) parts.push(["unsure", t("coverageUnsure", number(unsure))]);
  return parts;
}
