// What all pages draw the same way: faults, waits, empty states, chips.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "./i18n.js";
import { icon } from "./icons.js";

/** @typedef {import("../../types/core.js").Fault} Fault */
/** @typedef {import("./icons.js").IconName} IconName */
/** @typedef {import("./tasks.js").Wait} Wait */

/**
 * A notice in words.
 *
 * @param {"bad" | "warn" | "good" | "plain"} state
 * @param {unknown} body
 * @param {IconName} [name]
 */
export function notice(state, body, name = state === "good" ? "check" : state === "plain" ? "info" : "alert") {
  return html`<div class="notice" data-state=${state}>${icon(name)}<div class="body">${body}</div></div>`;
}

/** Faults that are nobody's mistake: they are told, not cried. */
const calm = new Set(["restricted", "cancelled", "stale"]);

/**
 * A fault: what happened, what was kept, what to do, and the detail for a bug report.
 *
 * @param {Fault | undefined} fault
 * @param {unknown} [actions] ways on
 */
export function faultNotice(fault, actions = nothing) {
  if (!fault) return nothing;
  const detail = [fault.detail, fault.status ? `HTTP ${fault.status}` : ""].filter(Boolean).join(" · ");
  return html`<div role="alert" data-fault=${fault.kind}>
    ${notice(
      calm.has(fault.kind) ? "plain" : "bad",
      html`<p class="strong">${fault.what}</p>
        ${fault.kept ? html`<p>${fault.kept}</p>` : nothing} ${fault.todo ? html`<p>${fault.todo}</p>` : nothing}
        ${
          detail
            ? html`<details>
              <summary class="small">${icon("turn", "turn")}${t("faultDetail")}</summary>
              <p class="mono">${detail}</p>
            </details>`
            : nothing
        }
        ${actions === nothing ? nothing : html`<div class="row wrap">${actions}</div>`}`,
    )}
  </div>`;
}

/**
 * A wait with a way to stop it.
 *
 * @param {Wait | undefined} wait
 */
export function waitLine(wait) {
  if (!wait) return nothing;
  return html`<div class="wait" role="status">
    <span class="spin"></span><span class="grow">${wait.words}</span>
    <button type="button" class="button small" data-action="stop" @click=${wait.stop}>${t("stop")}</button>
  </div>`;
}

/**
 * @param {IconName} name
 * @param {string} title
 * @param {unknown} words
 * @param {unknown} [actions]
 */
export function emptyState(name, title, words, actions = nothing) {
  return html`<div class="empty">
    ${icon(name)}
    <h2>${title}</h2>
    <p>${words}</p>
    ${actions}
  </div>`;
}

/**
 * @param {string} state one of the states in states.css, "" for none
 * @param {string} words
 * @param {IconName} [name]
 */
export function chip(state, words, name) {
  return html`<span class="chip" data-state=${state}>${name ? icon(name) : nothing}${words}</span>`;
}

/**
 * How many of a platform's cases or alerts the index has: "1,234 of 8,000 cases".
 *
 * @param {string} platform
 * @param {number} done
 * @param {number} total
 */
export const objectsOf = (platform, done, total) =>
  platform === "threatstack" ? tn("alertsOf", total, number(done)) : tn("casesOf", total, number(done));
