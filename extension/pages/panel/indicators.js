// The view of what was found in the page.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { emptyState, faultNotice, notice, waitLine } from "../shared/parts.js";
import { copyKept, makeDraft, read, togglePaint } from "./actions.js";
import { sift } from "./filter.js";
import { groupSection, heldSection } from "./group.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {Model} model */
export function indicatorsView(model) {
  const { job, tasks } = model;
  if (tasks.busy("read") || job?.state === "reading") return reading(model);
  const failed = tasks.fault("read") ?? (job?.state === "failed" ? job.fault : null);
  if (failed) return html`<div class="pad">${faultNotice(failed, readButtons(model))}</div>`;
  if (!job?.preview) return noJob(model);
  if (job.preview.indicators.length === 0) return nothingFound(model);
  return html`${tools(model)} ${limits(model)}
    <div class="pad">${faultNotice(tasks.fault("page"))}${waitLine(tasks.wait("page"))}</div>
    ${list(model)}`;
}

/** @param {Model} model */
function reading(model) {
  const wait = model.tasks.wait("read") ?? {
    // Begun by a menu or a shortcut: the background reads, we only watch.
    words: t("waitRead"),
    since: 0,
    shown: true,
    stop: () => model.giveUp(),
  };
  return html`<div class="pad">${waitLine(wait)}</div>`;
}

/** @param {Model} model */
function readButtons(model) {
  return html`<button type="button" class="button primary" data-action="read" @click=${() => read(model, "auto")}>
    ${t("readThisPage")}
  </button>`;
}

/** @param {Model} model */
function noJob(model) {
  return emptyState("mark", t("emptyTitle"), t("emptyWords"), html`${readButtons(model)}`);
}

/** @param {Model} model */
export function nothingFound(model) {
  const selection = model.job?.scope === "selection";
  return html`${emptyState(
    "find",
    t("noneTitle"),
    t(selection ? "noneInSelection" : "noneInPage"),
    html`<button type="button" class="button" data-action="read-page" @click=${() => read(model, "page")}>
      ${t(selection ? "readWholePage" : "readAgain")}
    </button>`,
  )}
  ${limits(model)}`;
}

/** What was not read: said on purpose, since "nothing found" would be wrong there. @param {Model} model */
function limits({ job }) {
  if (!job) return nothing;
  const words = [
    job.truncated ? t("truncated") : "",
    job.frames.unreadable ? tn("unreadable", job.frames.unreadable) : "",
  ].filter(Boolean);
  return words.length
    ? html`<div class="pad">${notice(
        "warn",
        words.map((line) => html`<p>${line}</p>`),
      )}</div>`
    : nothing;
}

/** Filter, types, and what is done with the whole list. @param {Model} model */
function tools(model) {
  const counts = model.job?.preview?.counts ?? [];
  return html`<div class="tools" role="search">
    <div class="row">
      <label class="search grow">
        ${icon("find")}<span class="unseen">${t("filter")}</span>
        <input
          id="filter"
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder=${t("filter")}
          .value=${model.query}
          @input=${(/** @type {InputEvent} */ event) => filterBy(model, event)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => leaveFilter(model, event)}
        />
      </label>
      <button
        type="button"
        class="button only-icon"
        data-action="highlight"
        aria-pressed=${model.painted}
        aria-label=${t("highlight")}
        title=${t("highlight")}
        @click=${() => togglePaint(model)}
      >
        ${icon("marker")}
      </button>
      <button
        type="button"
        class="button only-icon"
        data-action="copy-kept"
        aria-label=${t("copyKept")}
        title=${t("copyKept")}
        @click=${() => copyKept(model)}
      >
        ${icon("copy")}
      </button>
    </div>
    ${
      counts.length < 2
        ? nothing
        : html`<div class="types" role="group" aria-label=${t("types")}>
          ${counts.map(
            ({ type, label, count }) => html`<button
              type="button"
              class="button small"
              data-type=${type}
              aria-pressed=${model.type === type}
              @click=${() => toggleType(model, type)}
            >
              ${label} <span class="number soft">${number(count)}</span>
            </button>`,
          )}
        </div>`
    }
  </div>`;
}

/** @param {Model} model */
function list(model) {
  const sifted = sift(model.indicators, model);
  if (sifted.shown === 0) {
    return emptyState(
      "find",
      t("noMatchTitle"),
      t("noMatchWords"),
      html`<button type="button" class="button" @click=${() => clearFilter(model)}>${t("clearFilter")}</button>`,
    );
  }
  return html`<div class="list">
    ${sifted.groups.map((group) => groupSection(model, group))} ${heldSection(model, sifted.held)}
  </div>`;
}

/** The one primary action. @param {Model} model */
export function indicatorsFoot(model) {
  if (model.tasks.busy("read") || model.indicators.length === 0) return nothing;
  const kept = model.kept.length;
  const asking = model.tasks.busy("draft");
  return html`<footer class="foot">
    ${faultNotice(model.tasks.fault("draft"))}
    <button
      type="button"
      class="button primary"
      data-action="draft"
      ?disabled=${kept === 0 || asking}
      @click=${() => toReport(model)}
    >
      ${icon("report")}${tn("draftWith", kept)}
    </button>
  </footer>`;
}

/** @param {Model} model */
async function toReport(model) {
  model.show("report");
  if (model.profiles("trustar").length > 0) await makeDraft(model, "");
}

/**
 * @param {Model} model
 * @param {InputEvent} event
 */
function filterBy(model, event) {
  if (event.target instanceof HTMLInputElement) model.query = event.target.value;
  model.draw();
}

/**
 * Escape empties the filter, and a second time leaves it.
 *
 * @param {Model} model
 * @param {KeyboardEvent} event
 */
function leaveFilter(model, event) {
  if (event.key !== "Escape" || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  if (model.query === "") event.target.blur();
  model.query = "";
  model.draw();
}

/**
 * @param {Model} model
 * @param {string} type
 */
function toggleType(model, type) {
  model.type = model.type === type ? "" : type;
  model.draw();
}

/** @param {Model} model */
function clearFilter(model) {
  model.query = model.type = "";
  model.draw();
}
