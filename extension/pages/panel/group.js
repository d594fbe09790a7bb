// The groups of the list: one a type, and one for what is held back.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { standing } from "./coverage.js";
import { itemRow } from "./item.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */

/** Longer groups are drawn in part until asked for: a page may hold thousands. */
const LONG = 100;

/**
 * @param {Model} model
 * @param {import("./filter.js").Group} group
 */
export function groupSection(model, { type, label, items }) {
  const drawn = model.full.has(type) ? items : items.slice(0, LONG);
  const kept = model.choice.kept(items).length;
  return html`<section class="group" data-group=${type} aria-labelledby="group-${type}">
    <div class="group-head">
      <input
        type="checkbox"
        aria-label=${t("keepAll", label)}
        .checked=${kept === items.length}
        .indeterminate=${kept > 0 && kept < items.length}
        @change=${() => model.keep(items, kept < items.length)}
      />
      <h2 id="group-${type}" class="grow">${label}</h2>
      <span class="soft small number">
        ${kept === items.length ? number(items.length) : t("someOf", number(kept), number(items.length))}
      </span>
    </div>
    ${rows(model, drawn)} ${rest(model, type, items.length - drawn.length)}
  </section>`;
}

/**
 * What is held back, folded away with its reasons.
 *
 * @param {Model} model
 * @param {Indicator[]} items
 */
export function heldSection(model, items) {
  if (items.length === 0) return nothing;
  const drawn = model.full.has("held") ? items : items.slice(0, LONG);
  return html`<details
    class="group held"
    data-group="held"
    ?open=${model.heldOpen}
    @toggle=${(/** @type {Event} */ event) => {
      if (event.target instanceof window.HTMLDetailsElement && event.target.open !== model.heldOpen) {
        model.heldOpen = event.target.open;
        model.draw();
      }
    }}
  >
    <summary class="group-head">
      ${icon("turn", "turn")}
      <h2 class="grow">${tn("heldCount", items.length)}</h2>
      <span class="soft small">${t("heldHint")}</span>
    </summary>
    ${model.heldOpen ? html`${rows(model, drawn)} ${rest(model, "held", items.length - drawn.length)}` : nothing}
  </details>`;
}

/**
 * @param {Model} model
 * @param {Indicator[]} items
 */
function rows(model, items) {
  const standings = model.answer ? standing(model.answer) : null;
  return html`<ul>
    ${items.map((item) => itemRow(model, item, standings?.get(item.key)))}
  </ul>`;
}

/**
 * @param {Model} model
 * @param {string} name
 * @param {number} hidden
 */
function rest(model, name, hidden) {
  if (hidden <= 0) return nothing;
  const all = () => {
    model.full.add(name);
    model.draw();
  };
  return html`<button type="button" class="button plain wide" @click=${all}>${tn("showMore", hidden)}</button>`;
}
