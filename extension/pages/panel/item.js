// One indicator: a line, and its details unfolded beneath it.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { t, tn } from "../shared/i18n.js";
import { leadIn, leadOut } from "../shared/cut.js";
import { icon } from "../shared/icons.js";
import { chip } from "../shared/parts.js";
import { valueLine, valueWhole } from "../shared/value.js";
import { copyText, reveal } from "./actions.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */

/**
 * @param {Model} model
 * @param {Indicator} item
 * @param {{ state: "known" | "new", count: number } | undefined} standing what the look-up says of it
 */
export function itemRow(model, item, standing) {
  const keeps = model.choice.keeps(item);
  const open = model.open.has(item.key);
  // A key may hold spaces, an id may not.
  const id = `item-${encodeURIComponent(item.key)}`;
  return html`<li
    class="item"
    data-key=${item.key}
    data-kept=${keeps}
    data-held=${item.held}
    data-current=${model.current === item.key}
    @focusin=${() => becomeCurrent(model, item)}
  >
    <div class="line">
      <input
        type="checkbox"
        aria-label=${t("keepOne", item.defanged)}
        .checked=${keeps}
        @change=${() => model.keep([item], !keeps)}
      />
      <button type="button" class="unfold" aria-expanded=${open} aria-controls=${id} @click=${() => toggle(model, item)}>
        ${valueLine(item.defanged)}
      </button>
      ${standing ? standingChip(standing) : nothing}
      <button
        type="button"
        class="button plain only-icon small quiet"
        data-action="copy"
        aria-label=${t("copyOne", item.defanged)}
        title=${t("copyDefanged")}
        @click=${() => copyText(model, item.defanged)}
      >
        ${icon("copy")}
      </button>
    </div>
    ${item.held ? html`<p class="reason small">${item.label} · ${item.heldWords}</p>` : nothing}
    <div id=${id} ?hidden=${!open}>${open ? details(model, item) : nothing}</div>
  </li>`;
}

/** @param {{ state: "known" | "new", count: number }} standing */
function standingChip({ state, count }) {
  if (state === "new") return chip("new", t("new"));
  return chip("known", count > 0 ? tn("knownIn", count) : t("known"), "known");
}

/**
 * @param {Model} model
 * @param {Indicator} item
 */
function details(model, item) {
  const seen = item.spans.length / 3;
  return html`<div class="details">
    <dl>
      ${fact(t("factValue"), valueWhole(item.defanged))}
      ${fact(
        t("factOnPage"),
        html`<q class="context">${leadIn(item.before)}<mark>${item.original}</mark>${leadOut(item.after)}</q>
          <span class="soft small">${tn("seen", seen)}</span>`,
      )}
      ${item.steps.length ? fact(t("factSteps"), html`<ul class="marks">${item.steps.map((step) => html`<li class="chip">${step}</li>`)}</ul>`) : nothing}
      ${item.flags.length ? fact(t("factFlags"), item.flags.join(", ")) : nothing}
      ${item.trustar ? fact(t("factTrustar"), html`<code>${item.trustar}</code>`) : nothing}
    </dl>
    <div class="row wrap">
      <button type="button" class="button small" data-action="reveal" @click=${() => reveal(model, item)}>
        ${icon("target")}${t("reveal")}
      </button>
      <button type="button" class="button small" @click=${() => copyText(model, item.defanged)}>
        ${icon("copy")}${t("copyDefanged")}
      </button>
      <button type="button" class="button small" data-action="copy-live" @click=${() => copyText(model, item.value)}>
        ${t("copyLive")}
      </button>
    </div>
  </div>`;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/**
 * @param {Model} model
 * @param {Indicator} item
 */
function toggle(model, item) {
  if (!model.open.delete(item.key)) model.open.add(item.key);
  model.draw();
}

/**
 * @param {Model} model
 * @param {Indicator} item
 */
function becomeCurrent(model, item) {
  if (model.current === item.key) return;
  model.current = item.key;
  model.draw();
}
