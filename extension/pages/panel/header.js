// The panel's head, always in sight: which page, how much of it, what was found,
// what is known of it, and the three views.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ends } from "../shared/cut.js";
import { age, hostOf, length } from "../shared/format.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { openOptions } from "../shared/access.js";
import { openHelp } from "./help.js";
import { verdict } from "./verdict.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").View} View */

/** @param {Model} model */
export function header(model) {
  return html`<header class="head">
    <div class="row">
      ${title(model)}
      <button type="button" class="button plain only-icon" aria-label=${t("keys")} title=${t("keys")} @click=${openHelp}>
        ${icon("keyboard")}
      </button>
      <button
        type="button"
        class="button plain only-icon"
        aria-label=${t("openOptions")}
        title=${t("openOptions")}
        @click=${openOptions}
      >
        ${icon("settings")}
      </button>
    </div>
    ${where(model)} ${counts(model)} ${tabs(model)}
  </header>`;
}

/** @param {Model} model */
function title({ job }) {
  if (!job) return html`<h1 class="grow cut">Sightline</h1>`;
  return html`<h1 class="grow cut" title=${job.title}>${job.title || hostOf(job.url)}</h1>`;
}

/** Where it was read, how much, and when. @param {Model} model */
function where({ job }) {
  if (!job) return nothing;
  // A host is told by its end.
  const [head, tail] = ends(hostOf(job.url));
  const facts = [
    t(job.scope === "selection" ? "scopeSelection" : "scopePage"),
    age(job.at, Date.now()),
    length(job.length),
  ];
  return html`<p class="soft small where">
    <span class="host" title=${job.url}><span class="cut">${head}</span><span>${tail}</span></span
    ><span class="facts-read cut"> · ${facts.join(" · ")}</span>
  </p>`;
}

/** The counts, and how far the look-up got. @param {Model} model */
function counts(model) {
  const preview = model.job?.preview;
  if (!preview) return nothing;
  const kept = model.kept.length;
  return html`<p class="counts small number" role="status" data-total=${preview.total} data-held=${preview.held}>
    <span class="strong">${tn("indicators", preview.total)}</span>
    ${kept === preview.total ? nothing : html`<span>${t("keptCount", number(kept))}</span>`}
    ${preview.held ? html`<span class="soft">${tn("heldCount", preview.held)}</span>` : nothing}
    ${model.answer ? html`<span class="coverage">${verdict(model.answer, model.asked.length)}</span>` : nothing}
  </p>`;
}

/** @param {Model} model */
function tabs(model) {
  const trouble = (model.state?.outbox ?? []).filter(({ state }) => state === "paused" || state === "stopped").length;
  /** @type {[View, string, unknown][]} */
  const all = [
    [
      "indicators",
      t("tabIndicators"),
      model.job?.preview ? html`<span class="count">${number(model.job.preview.total)}</span>` : nothing,
    ],
    [
      "report",
      t("tabReport"),
      trouble
        ? html`<span class="chip" data-state="warn">${icon("alert")}<span>${number(trouble)}</span><span class="unseen">${t("needYou")}</span></span>`
        : nothing,
    ],
    [
      "related",
      t("tabRelated"),
      model.answer ? html`<span class="count">${number(model.answer.results.length)}</span>` : nothing,
    ],
  ];
  return html`<div class="tabs" role="tablist" aria-label=${t("views")} @keydown=${(/** @type {KeyboardEvent} */ event) => arrow(event, model)}>
    ${all.map(
      ([view, words, extra]) => html`<button
        type="button"
        class="tab"
        role="tab"
        id="tab-${view}"
        aria-controls="view"
        aria-selected=${model.view === view}
        tabindex=${model.view === view ? 0 : -1}
        @click=${() => model.show(view)}
      >
        <span class="cut">${words}</span>${extra}
      </button>`,
    )}
  </div>`;
}

/**
 * Left and right move between tabs, as in every list of tabs.
 *
 * @param {KeyboardEvent} event
 * @param {Model} model
 */
function arrow(event, model) {
  /** @type {View[]} */
  const order = ["indicators", "report", "related"];
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const to = order[(order.indexOf(model.view) + by + order.length) % order.length] ?? model.view;
  model.show(to);
  document.getElementById(`tab-${to}`)?.focus();
}
