// The view of what the platforms know of the page's indicators.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { openOptions } from "../shared/access.js";
import { age } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { emptyState, faultNotice, notice, waitLine } from "../shared/parts.js";
import { lookUp, read } from "./actions.js";
import { isComplete } from "./coverage.js";
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
  return html`
    <section class="section" aria-labelledby="sources-title">
      <h2 id="sources-title" class="row">
        <span class="grow">${t("sources")}</span>
        <span class="soft small plain">${age(model.answeredAt, Date.now())}</span>
      </h2>
      ${sourceList(answer.sources)} ${caution(answer)}
    </section>
    ${answer.results.length ? results(model, answer) : none(answer)}
  `;
}

/** Half an answer is never shown as a whole one. @param {import("../../types/core.js").Answer} answer */
function caution(answer) {
  if (isComplete(answer)) return nothing;
  return notice("warn", html`<p>${t("incomplete")}</p>`);
}

/**
 * @param {Model} model
 * @param {import("../../types/core.js").Answer} answer
 */
function results(model, answer) {
  const defanged = new Map(model.indicators.map((indicator) => [indicator.key, indicator.defanged]));
  return html`<section class="section" aria-labelledby="results-title">
    <h2 id="results-title">${tn("results", answer.results.length)}</h2>
    <ul class="stack">
      ${answer.results.map((result) => resultCard(model, result, defanged))}
    </ul>
  </section>`;
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
