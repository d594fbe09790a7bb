// How far each source of a look-up got.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { openOptions } from "../shared/access.js";
import { age, duration } from "../shared/format.js";
import { chip, objectsOf } from "../shared/parts.js";

/** @typedef {import("../../types/core.js").SourceState} Source */
/** @typedef {import("../../types/core.js").FillProgress} FillProgress */
/** @typedef {import("./model.js").Model} Model */

/** @type {Record<string, { state: string, message: string, icon: import("../shared/icons.js").IconName }>} */
const states = {
  answered: { state: "good", message: "sourceAnswered", icon: "check" },
  partial: { state: "warn", message: "sourcePartial", icon: "alert" },
  failed: { state: "bad", message: "sourceFailed", icon: "close" },
};

/** What an index is, where it did not fail. @type {typeof states} */
const indexStates = {
  fresh: { state: "good", message: "indexFresh", icon: "check" },
  stale: { state: "warn", message: "indexStale", icon: "clock" },
  filling: { state: "active", message: "sourceFilling", icon: "clock" },
  partial: { state: "warn", message: "sourcePartial", icon: "alert" },
};

/**
 * @param {Model} model
 * @param {Source[]} sources
 */
export function sourceList(model, sources) {
  return html`<ul class="stack sources" aria-label=${t("sources")}>
    ${sources.map((source) => entry(source, model.filling(source.profileId)))}
  </ul>`;
}

/**
 * @param {Source} source
 * @param {FillProgress | undefined} now how far its index is by now, if that is known
 */
function entry(source, now) {
  // A state that we do not know is no answer.
  const shown = (source.state !== "failed" && indexStates[source.indexState]) || states[source.state] || { state: "bad", message: "sourceFailed", icon: "close" };
  const unfinished = source.indexState === "filling";
  const effort = [
    // The words of half an answer say it themselves.
    source.total && !source.words && !source.indexed ? t("checkedOf", number(source.checked), number(source.total)) : "",
    source.indexed ? t("fromIndex", number(source.checked)) : "",
    source.asOf ? t("sourceAsOf", age(source.asOf, Date.now())) : "",
    source.calls ? tn("requests", source.calls) : source.state === "failed" ? "" : t("nothingSent"),
  ].filter(Boolean);
  return html`<li data-source=${source.profileId} data-state=${source.state} data-indexed=${source.indexed} data-index-state=${source.indexState}>
    <div class="row">
      <span class="grow cut" title=${source.name}>${source.name}</span>
      ${chip(shown.state, t(shown.message), shown.icon)}
    </div>
    ${effort.length ? html`<p class="soft small number">${effort.join(" · ")}</p>` : nothing}
    ${unfinished ? filling(source, now) : nothing}
    ${source.words ? html`<p class="small wraps">${source.words}</p>` : nothing}
    ${
      source.platform === "stellarcyber" && !source.indexed
        ? html`<button type="button" class="link small" data-action="keep-index" @click=${openOptions}>${t("keepIndexLink")}</button>`
        : nothing
    }
  </li>`;
}

/**
 * @param {Source} source as it was when it was asked
 * @param {FillProgress | undefined} now
 */
function filling(source, now) {
  const { done, total, millisLeft } = now ?? { done: source.checked, total: source.total, millisLeft: 0 };
  const whole = (now?.asOf ?? 0) > 0;
  return html`<div class="progress">
    <progress max=${Math.max(total, 1)} value=${done} aria-label=${t("indexProgress")}></progress>
    <p class="small soft number">
      ${whole ? t("indexWhole") : [objectsOf(source.platform, done, total), millisLeft ? t("timeLeft", duration(millisLeft)) : ""].filter(Boolean).join(" · ")}
    </p>
  </div>`;
}
