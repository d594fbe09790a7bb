// One case, alert or report that shares indicators with the page, or comes near.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { age, moment, safeLink } from "../shared/format.js";
import { number, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip } from "../shared/parts.js";
import { matchList } from "./matches.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Result} Result */

/** @type {Record<string, { message: string, icon: import("../shared/icons.js").IconName }>} */
const kinds = {
  case: { message: "kindCase", icon: "case" },
  report: { message: "kindReport", icon: "report" },
  alert: { message: "kindAlert", icon: "alert" },
  summary: { message: "kindSummary", icon: "info" },
};

/** @type {Record<string, string>} */
const severities = { critical: "bad", high: "bad", medium: "warn" };

/**
 * @param {Model} model
 * @param {Result} result
 * @param {number} rank its place in the list, from 1
 * @param {Map<string, string>} defanged by key
 */
export function resultCard(model, result, rank, defanged) {
  const kind = kinds[result.kind] ?? { message: "kindReport", icon: "report" };
  const source = model.state?.profiles.find(({ id }) => id === result.profileId);
  const link = safeLink(result.link);
  const ours = (model.state?.outbox ?? []).some(({ reportId }) => reportId !== "" && reportId === result.id);
  const name = [t(kind.message), result.number].filter(Boolean).join(" ");
  return html`<li class="card" tabindex="-1" data-result=${result.id} data-kind=${result.kind} data-confident=${result.confident} data-weight=${result.weight}>
    <div class="row small soft">
      <span class="rank number">${number(rank)}</span>${icon(kind.icon)}<span class="grow cut">${name} · ${source?.name ?? result.platform}</span>
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
      ${result.confident ? nothing : chip("warn", t("weakMatch"))} ${ours ? chip("", t("filedHere")) : nothing}
      ${result.severity ? chip(severities[result.severity.toLowerCase()] ?? "", result.severity) : nothing}
      ${result.status ? chip("", result.status) : nothing}
      <span class="soft small">${facts(result)}</span>
    </div>
    ${matchList(result, defanged)}
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
