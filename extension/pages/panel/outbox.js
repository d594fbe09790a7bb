// What became of the reports that were filed: every one in words, with a way on.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { openOptions } from "../shared/access.js";
import { age, bytes, moment, safeLink, when } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip, faultNotice, waitLine } from "../shared/parts.js";
import { copyText, discard, reopen, retry } from "./actions.js";
import { grant } from "./sent.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Item} Item */

/** @type {Record<string, { state: string, message: string, icon: import("../shared/icons.js").IconName }>} */
const states = {
  pending: { state: "active", message: "itemPending", icon: "clock" },
  sending: { state: "active", message: "itemSending", icon: "send" },
  filed: { state: "good", message: "itemFiled", icon: "check" },
  paused: { state: "warn", message: "itemPaused", icon: "alert" },
  stopped: { state: "bad", message: "itemStopped", icon: "alert" },
};

/** @param {Model} model */
export function outboxSection(model) {
  const outbox = model.state?.outbox ?? [];
  if (outbox.length === 0) return nothing;
  return html`<section class="section outbox" aria-labelledby="outbox-title">
    <h2 id="outbox-title">${t("outbox")} <span class="count">${outbox.length}</span></h2>
    <ul class="stack">
      ${outbox.map((item) => entry(model, item))}
    </ul>
  </section>`;
}

/**
 * @param {Model} model
 * @param {Item} item
 */
function entry(model, item) {
  const shown = states[item.state] ?? { state: "", message: "itemPending", icon: "clock" };
  return html`<li class="card" data-item=${item.id} data-state=${item.state}>
    <div class="row">
      <h3 class="grow cut" title=${item.draft.title}>${item.draft.title}</h3>
      ${chip(shown.state, t(shown.message), shown.icon)}
    </div>
    ${words(item)} ${waiting(item)} ${filed(model, item)}
    <p class="small soft wraps">
      ${item.state === "filed" ? nothing : html`<span class="mono">${item.prepared.host}</span> ·`}
      ${bytes(item.prepared.bytes)} · ${item.attempts > 1 ? html`${tn("attempts", item.attempts)} ·` : nothing}
      ${age(item.updatedAt, Date.now())}
    </p>
    ${waitLine(model.tasks.wait(item.id))} ${faultNotice(model.tasks.fault(item.id))}
    <div class="row wrap">${waysOn(model, item)}</div>
  </li>`;
}

/** What became of it; of a filed one, where and when. @param {Item} item */
function words({ state, words, reportId, prepared, updatedAt }) {
  if (state !== "filed") return words ? html`<p class="wraps">${words}</p>` : nothing;
  return html`<p class="wraps" data-filed>
      ${t("filedAt", prepared.host, moment(updatedAt))}
    </p>
    ${reportId ? nothing : html`<p class="wraps">${words}</p>`}`;
}

/** When the next attempt is due. @param {Item} item */
function waiting({ state, retryAt }) {
  if (state !== "pending" || retryAt <= Date.now()) return nothing;
  return html`<p class="small soft">${t("nextAttempt", when(retryAt, Date.now()))}</p>`;
}

/**
 * @param {Model} model
 * @param {Item} item
 */
function filed(model, { reportId, link, extracted }) {
  if (!reportId) return nothing;
  const address = safeLink(link);
  return html`<dl class="facts stacked">
    <div>
      <dt>${t("reportId")}</dt>
      <dd class="row tight">
        <code class="grow cut" data-report-id title=${reportId}>${reportId}</code>
        <button
          type="button"
          class="button plain only-icon small"
          aria-label=${t("copyReportId")}
          title=${t("copyReportId")}
          @click=${() => copyText(model, reportId)}
        >
          ${icon("copy")}
        </button>
      </dd>
    </div>
    ${extracted.length ? html`<div><dt>${t("extracted")}</dt><dd>${tn("indicators", extracted.length)}</dd></div>` : nothing}
  </dl>
  ${address ? html`<p><a class="out" href=${address} target="_blank" rel="noreferrer noopener">${t("openReport")}${icon("external")}</a></p>` : nothing}`;
}

/**
 * @param {Model} model
 * @param {Item} item
 */
function waysOn(model, item) {
  const { state, reason } = item;
  const profile = model.state?.profiles.find(({ id }) => id === item.profileId);
  const busy = model.tasks.busy(item.id);
  return html`
    ${
      state === "paused" && reason === "permission" && profile
        ? button("grant", t("allowHost", profile.host), busy, () =>
            grant(model, profile.pattern).then(() => retry(model, item)),
          )
        : nothing
    }
    ${state === "paused" && reason !== "permission" ? button("options", t("openOptions"), busy, openOptions) : nothing}
    ${(state === "paused" && reason !== "permission") || state === "pending" ? button("retry", t("sendNow"), busy, () => retry(model, item)) : nothing}
    ${state === "stopped" ? button("reopen", t("editAgain"), busy, () => reopen(model, item)) : nothing}
    ${
      state === "sending"
        ? nothing
        : button("discard", t(state === "filed" ? "removeItem" : "discardItem"), busy, () => discard(model, item))
    }
  `;
}

/**
 * @param {string} action
 * @param {string} words
 * @param {boolean} busy
 * @param {() => unknown} act
 */
const button = (action, words, busy, act) =>
  html`<button type="button" class="button small" data-action=${action} ?disabled=${busy} @click=${act}>${words}</button>`;
