// The view of what the platforms know of the page's indicators.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { openOptions } from "../shared/access.js";
import { age } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { emptyState, faultNotice, notice, waitLine } from "../shared/parts.js";
import { lookUp, read } from "./actions.js";
import { isComplete } from "./coverage.js";
import { coveredPart } from "./covered.js";
import { nothingFound } from "./indicators.js";
import { resultCard } from "./result.js";
import { sourceList } from "./sources.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {Model} model */
export function relatedView(model) {
  const { tasks, answer } = model;
  const again = html`<button type="button" class="button small" @click=${() => lookUp(model)}>${t("tryAgain")}</button>`;
  return html`
    ${
      tasks.busy("related") || tasks.fault("related")
        ? html`<div class="pad">${waitLine(tasks.wait("related"))}${faultNotice(tasks.fault("related"), again)}</div>`
        : nothing
    }
    ${answer ? answered(model, answer) : tasks.busy("related") ? nothing : before(model)}
  `;
}

/** Nothing was asked yet. @param {Model} model */
function before(model) {
  const profiles = model.state?.profiles ?? [];
  const kept = model.kept.length;
  if (profiles.length === 0) {
    return emptyState(
      "known",
      t("noSourceTitle"),
      t("noSourceWords"),
      html`<button type="button" class="button primary" data-action="options" @click=${openOptions}>${t("addProfile")}</button>`,
    );
  }
  if (!model.job?.preview) {
    return emptyState(
      "known",
      t("relatedTitle"),
      t("relatedNoJob"),
      html`<button type="button" class="button primary" data-action="read" @click=${() => read(model, "auto")}>
        ${t("readThisPage")}
      </button>`,
    );
  }
  if (model.indicators.length === 0) return nothingFound(model);
  return emptyState(
    "known",
    t("relatedTitle"),
    html`${tn("relatedWords", kept)} <span class="asked">${profiles.map(({ host }) => html`<code>${host}</code> `)}</span>`,
    html`<button type="button" class="button primary" data-action="look-up" ?disabled=${kept === 0} @click=${() => lookUp(model)}>
      ${tn("lookUp", kept)}
    </button>`,
  );
}

/**
 * @param {Model} model
 * @param {import("../../types/core.js").Answer} answer
 */
function answered(model, answer) {
  const defanged = new Map(model.indicators.map((indicator) => [indicator.key, indicator.defanged]));
  return html`
    <section class="section" aria-labelledby="sources-title">
      <h2 id="sources-title" class="row">
        <span class="grow">${t("sources")}</span>
        <span class="soft small plain">${age(model.answeredAt, Date.now())}</span>
      </h2>
      ${sourceList(model, answer.sources)} ${caution(answer)}
    </section>
    ${model.asked.length ? coveredPart(model, answer, defanged) : nothing}
    ${answer.results.length ? results(model, answer.results, defanged) : none(answer)}
  `;
}

/** Half an answer is never shown as a whole one. @param {import("../../types/core.js").Answer} answer */
function caution(answer) {
  if (isComplete(answer)) return nothing;
  return notice("warn", html`<p>${t("incomplete")}</p>`);
}

/** So many results are drawn at first. */
const MANY = 20;

/**
 * In the core's order. Those behind the last for which something rare speaks are
 * folded away: they share what many have.
 *
 * @param {Model} model
 * @param {import("../../types/core.js").Result[]} all
 * @param {Map<string, string>} defanged
 */
function results(model, all, defanged) {
  const confident = all.findLastIndex((result) => result.confident) + 1;
  const full = model.full.has("results");
  const drawn = full ? confident : Math.min(confident, MANY);
  const card = (/** @type {import("../../types/core.js").Result} */ result, /** @type {number} */ rank) => resultCard(model, result, rank, defanged);
  return html`<section class="section" aria-labelledby="results-title">
    <h2 id="results-title">${tn("results", all.length)}</h2>
    ${confident ? nothing : html`<div class="unsure" data-no-confident>${icon("held")}<p><span class="strong">${t("noConfidentTitle")}</span> ${t("noConfidentWords")}</p></div>`}
    ${confident ? html`<ol class="stack">${all.slice(0, drawn).map((result, at) => card(result, at + 1))}</ol>` : nothing}
    ${
      confident > drawn
        ? html`<button type="button" class="button plain wide" data-action="all-results" @click=${() => showAll(model)}>${tn("showMore", confident - drawn)}</button>`
        : nothing
    }
    ${all.length > confident ? weak(model, all.slice(confident), confident, card) : nothing}
  </section>`;
}

/**
 * @param {Model} model
 * @param {import("../../types/core.js").Result[]} rest
 * @param {number} before how many stand before them
 * @param {(result: import("../../types/core.js").Result, rank: number) => unknown} card
 */
function weak(model, rest, before, card) {
  const drawn = model.full.has("weak") ? rest : rest.slice(0, MANY);
  const toggle = (/** @type {Event} */ { target }) => {
    if (!(target instanceof window.HTMLDetailsElement) || target.open === model.weakOpen) return;
    model.weakOpen = target.open;
    model.draw();
  };
  return html`<details class="weak" data-weak=${rest.length} ?open=${model.weakOpen} @toggle=${toggle}>
    <summary class="small soft">${icon("turn", "turn")}${tn("weakResults", rest.length)}</summary>
    ${
      model.weakOpen
        ? html`<ol class="stack">${drawn.map((result, at) => card(result, before + at + 1))}</ol>
            ${rest.length > drawn.length ? html`<button type="button" class="button plain wide" data-action="all-weak" @click=${() => showAll(model)}>${tn("showMore", rest.length - drawn.length)}</button>` : nothing}`
        : nothing
    }
  </details>`;
}

/** @param {Model} model */
function showAll(model) {
  model.full.add("results");
  if (model.weakOpen) model.full.add("weak");
  model.draw();
}

/** @param {import("../../types/core.js").Answer} answer */
function none(answer) {
  return isComplete(answer)
    ? emptyState("find", t("noResultTitle"), t("noResultWords"))
    : emptyState("alert", t("noResultYetTitle"), t("noResultYetWords"));
}

/** @param {Model} model */
export function relatedFoot(model) {
  if (!model.answer) return nothing;
  return html`<footer class="foot">
    <button
      type="button"
      class="button"
      data-action="look-up"
      ?disabled=${model.tasks.busy("related") || model.kept.length === 0}
      @click=${() => lookUp(model)}
    >
      ${icon("retry")}${tn("lookUpAgain", model.kept.length)}
    </button>
  </footer>`;
}
