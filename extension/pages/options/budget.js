// How much an index may fetch: how far back, how many cases, how many calls and bytes a day.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { size } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";

/** @typedef {import("../../types/core.js").FillSettings} FillSettings */
/** @typedef {"days" | "cases" | "calls" | "bytes"} Bound */

const MB = 1_000_000;

/** What is offered; 0 is no bound. @type {Record<Bound, number[]>} */
const offered = {
  days: [30, 90, 365, 0],
  cases: [1_000, 10_000, 50_000, 0],
  calls: [1_000, 5_000, 20_000, 0],
  bytes: [50 * MB, 200 * MB, 1_000 * MB, 0],
};

/** What is chosen before the user chose: all that there is, as a day's budget allows. @type {FillSettings} */
export const initial = { on: false, days: 0, cases: 0, calls: 20_000, bytes: 200 * MB };

/** @type {Record<Bound, (value: number) => string>} */
const words = {
  days: (value) => (value ? tn("budgetDays", value) : t("budgetAllDays")),
  cases: (value) => (value ? tn("budgetCases", value) : t("budgetAllCases")),
  calls: (value) => (value ? t("budgetADay", tn("calls", value)) : t("budgetNoCalls")),
  bytes: (value) => (value ? t("budgetADay", size(value)) : t("budgetNoBytes")),
};

/** @type {[Bound, string][]} */
const bounds = [
  ["days", "fieldDays"],
  ["cases", "fieldCases"],
  ["calls", "fieldCalls"],
  ["bytes", "fieldBytes"],
];

/**
 * @param {FillSettings} settings
 * @param {boolean} busy
 * @param {(settings: FillSettings) => void} change
 */
export function budgetPart(settings, busy, change) {
  return html`<details class="budget">
    <summary class="small">
      ${icon("turn", "turn")}<span class="grow">${t("budget")}: <span class="soft">${bounds.map(([bound]) => words[bound](settings[bound])).join(" · ")}</span></span>
    </summary>
    <div class="two">
      ${bounds.map(
        ([bound, label]) => html`<label class="field">
          <span>${t(label)}</span>
          <select
            data-budget=${bound}
            ?disabled=${busy}
            @change=${(/** @type {Event} */ { target }) =>
              target instanceof HTMLSelectElement && change({ ...settings, [bound]: Number(target.value) })}
          >
            ${choices(bound, settings[bound]).map((value) => html`<option value=${value} ?selected=${value === settings[bound]}>${words[bound](value)}</option>`)}
          </select>
        </label>`,
      )}
    </div>
    ${settings.days || settings.cases ? html`<p class="small soft">${t("budgetNever")}</p>` : nothing}
  </details>`;
}

/**
 * What is offered, and what was chosen elsewhere; no bound comes last.
 *
 * @param {Bound} bound
 * @param {number} chosen
 */
const choices = (bound, chosen) => [...new Set([...offered[bound], chosen])].sort((a, b) => (a || Infinity) - (b || Infinity));
