// The answer to the popup's one question.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { verdict } from "../panel/verdict.js";
import { age, hostOf } from "../shared/format.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { faultNotice, notice, waitLine } from "../shared/parts.js";

/** @typedef {import("./popup.js").Popup} Popup */

/** So many types are listed; the rest are summed up. */
const FEW = 6;

/** @param {Popup} popup */
export function glance(popup) {
  return html`${trouble(popup)} ${body(popup)}`;
}

/** @param {Popup} popup */
function body({ job, tasks, answered, fault }) {
  if (tasks.busy("read")) return waitLine(tasks.wait("read"));
  if (fault) return faultNotice(fault);
  if (job?.state === "reading") {
    return waitLine({ words: t("waitRead"), since: 0, shown: true, stop: () => window.close() });
  }
  if (!job?.preview) return html`<p class="soft">${t("emptyWords")}</p>`;
  const { total, held } = job.preview;
  return html`
    <div>
      <p class="sum" role="status" data-total=${total} data-held=${held}>
        <span class="total number">${number(total)}</span>
        <span>${tn("glance", total)}</span>
      </p>
      <p class="soft small cut" title=${job.title}>
        ${t(job.scope === "selection" ? "scopeSelection" : "scopePage")} · ${hostOf(job.url)} · ${age(job.at, Date.now())}
      </p>
      ${answered ? html`<p>${verdict(answered.answer, answered.asked.length)}</p>` : nothing}
    </div>
    ${total ? types(job.preview.counts) : nothing}
    ${held ? html`<p class="row small soft">${icon("held")}${tn("heldCount", held)} · ${t("heldHint")}</p>` : nothing}
    ${total === 0 && held === 0 ? html`<p class="soft">${t(job.scope === "selection" ? "noneInSelection" : "noneInPage")}</p>` : nothing}
    ${job.truncated ? html`<p class="small soft">${t("truncated")}</p>` : nothing}
    ${job.frames.unreadable ? html`<p class="small soft">${tn("unreadable", job.frames.unreadable)}</p>` : nothing}
  `;
}

/** @param {import("../../types/core.js").TypeCount[]} counts */
function types(counts) {
  const rest = counts.slice(FEW).reduce((sum, { count }) => sum + count, 0);
  return html`<ul class="types">
    ${counts.slice(0, FEW).map(
      ({ type, label, count }) => html`<li data-type=${type} data-count=${count}>
        <span class="cut">${label}</span><span class="number">${number(count)}</span>
      </li>`,
    )}
    ${rest ? html`<li class="soft"><span>${t("otherTypes")}</span><span class="number">${number(rest)}</span></li>` : nothing}
  </ul>`;
}

/** Reports that wait for the user are said first. @param {Popup} popup */
function trouble({ state }) {
  const items = (state?.outbox ?? []).filter((item) => item.state === "paused" || item.state === "stopped");
  if (items.length === 0) return nothing;
  return html`<div data-trouble=${items.length}>${notice("warn", html`<p>${tn("outboxTrouble", items.length)}</p>`)}</div>`;
}
