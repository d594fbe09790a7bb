// One case, alert or report that shares indicators with the page.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { age, moment, safeLink } from "../shared/format.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip } from "../shared/parts.js";
import { valueLine } from "../shared/value.js";
import { keyOf } from "./coverage.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Result} Result */

/** So many shared indicators are shown before the rest is folded away. */
const FEW = 4;

/** @type {Record<string, { message: string, icon: import("../shared/icons.js").IconName }>} */
const kinds = {
  case: { message: "kindCase", icon: "case" },
  report: { message: "kindReport", icon: "report" },
  alert: { message: "kindAlert", icon: "alert" },
};

/** @type {Record<string, string>} */
const severities = { critical: "bad", high: "bad", medium: "warn" };

/**
 * @param {Model} model
 * @param {Result} result
 * @param {Map<string, string>} defanged by key
 */
export function resultCard(model, result, defanged) {
  const kind = kinds[result.kind] ?? { message: "kindReport", icon: "report" };
  const source = model.state?.profiles.find(({ id }) => id === result.profileId);
  const link = safeLink(result.link);
  const ours = (model.state?.outbox ?? []).some(({ reportId }) => reportId !== "" && reportId === result.id);
  const name = [t(kind.message), result.number].filter(Boolean).join(" ");
  return html`<li class="card" data-result=${result.id} data-kind=${result.kind}>
    <div class="row small soft">
      ${icon(kind.icon)}<span class="grow cut">${name} · ${source?.name ?? result.platform}</span>
      ${result.hasScore ? html`<span class="score number" title=${t("score")}><span class="unseen">${t("score")}</span> ${number(Math.round(result.score))}</span>` : nothing}
    </div>
    <h3 class="wraps">
      ${
        link
          ? html`<a class="out" href=${link} target="_blank" rel="noreferrer noopener">${result.title || name}${icon("external")}</a>`
          : result.title || name
      }
    </h3>
    <div class="row wrap tight facts-line">
      ${ours ? chip("", t("filedHere")) : nothing}
      ${result.severity ? chip(severities[result.severity.toLowerCase()] ?? "", result.severity) : nothing}
      ${result.status ? chip("", result.status) : nothing}
      <span class="soft small">${facts(result)}</span>
    </div>
    ${shared(result, defanged)}
  </li>`;
}

/** Whose it is and how old. @param {Result} result */
function facts({ owner, tenant, createdAt, modifiedAt }) {
  const when = modifiedAt || createdAt;
  return html`${[owner, tenant].filter(Boolean).join(" · ")}${when && (owner || tenant) ? " · " : ""}${
    when
      ? html`<time class="whole" datetime=${new Date(when).toISOString()} title=${moment(when)}>${age(when, Date.now())}</time>`
      : nothing
  }`;
}

/**
 * Which of the page's indicators it holds.
 *
 * @param {Result} result
 * @param {Map<string, string>} defanged
 */
function shared({ matched }, defanged) {
  const values = matched.map((reference) => defanged.get(keyOf(reference)) ?? reference.value);
  if (values.length === 0) return nothing;
  const rest = values.slice(FEW);
  return html`<div class="shared">
    <p class="small soft">${tn("shares", values.length)}</p>
    <ul>
      ${values.slice(0, FEW).map((value) => html`<li>${valueLine(value)}</li>`)}
    </ul>
    ${
      rest.length
        ? html`<details>
          <summary class="small">${icon("turn", "turn")}${tn("showMore", rest.length)}</summary>
          <ul>
            ${rest.map((value) => html`<li>${valueLine(value)}</li>`)}
          </ul>
        </details>`
        : nothing
    }
  </div>`;
}
