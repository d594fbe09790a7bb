// The view in which a report is written and filed, and what became of those filed before.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { openOptions } from "../shared/access.js";
import { age, when } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { emptyState, faultNotice, notice, waitLine } from "../shared/parts.js";
import { discardDraft, makeDraft, submit } from "./actions.js";
import { fields } from "./fields.js";
import { outboxSection } from "./outbox.js";
import { sentSection } from "./sent.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {Model} model */
export function reportView(model) {
  const { tasks, editor } = model;
  const making = tasks.busy("draft");
  return html`
    ${
      making || tasks.fault("draft")
        ? html`<div class="pad">${waitLine(tasks.wait("draft"))}${faultNotice(tasks.fault("draft"))}</div>`
        : nothing
    }
    ${editor.draft ? form(model) : making ? nothing : start(model)} ${outboxSection(model)}
  `;
}

/** Nothing is being written. @param {Model} model */
function start(model) {
  if (model.profiles("trustar").length === 0) {
    return emptyState(
      "report",
      t("noTrustarTitle"),
      t("noTrustarWords"),
      html`<button type="button" class="button primary" data-action="options" @click=${openOptions}>${t("addProfile")}</button>`,
    );
  }
  const filed = model.state?.outbox.find(({ id }) => id === model.submitted);
  const kept = model.kept.length;
  if (!model.job?.preview) return filed ? nothing : emptyState("report", t("noDraftTitle"), t("noDraftNoJob"));
  // After filing, what became of the report comes first.
  if (filed) return nothing;
  return emptyState(
    "report",
    t("noDraftTitle"),
    tn("noDraftWords", kept),
    html`<button
      type="button"
      class="button primary"
      data-action="draft"
      ?disabled=${kept === 0}
      @click=${() => makeDraft(model, "")}
    >
      ${tn("draftWith", kept)}
    </button>`,
  );
}

/** @param {Model} model */
function form(model) {
  const { editor, job } = model;
  const { draft } = editor;
  if (!draft) return nothing;
  const older = job?.state === "ready" && draft.createdAt < job.at;
  return html`
    ${
      older
        ? html`<div class="pad">
          ${notice(
            "plain",
            html`<p>${t("olderDraft", age(draft.createdAt, Date.now()))}</p>
              <div class="row wrap">
                <button type="button" class="button small" data-action="replace" @click=${() => makeDraft(model, "")}>
                  ${t("replaceDraft")}
                </button>
              </div>`,
          )}
        </div>`
        : nothing
    }
    ${
      model.notices.length
        ? html`<div class="pad">${notice(
            "warn",
            model.notices.map((words) => html`<p>${words}</p>`),
          )}</div>`
        : nothing
    }
    <form class="section" autocomplete="off" aria-label=${t("reportForm")} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <fieldset class="stack" ?disabled=${model.tasks.busy("submit")}>${fields(model)}</fieldset>
    </form>
    ${sentSection(model)}
  `;
}

/** How the draft stands, and the one primary action. @param {Model} model */
export function reportFoot(model) {
  const { editor, tasks } = model;
  if (!editor.draft) return nothing;
  const host = editor.checked?.prepared.host;
  const problems = editor.settled ? (editor.checked?.problems.length ?? 0) : 0;
  return html`<footer class="foot">
    ${faultNotice(tasks.fault("submit"))} ${faultNotice(editor.fault ?? undefined)} ${waitLine(tasks.wait("submit"))}
    <div class="row small soft">
      <span class="grow" role="status" data-saved=${!editor.dirty}>
        ${editor.dirty ? t("unsaved") : editor.savedAt ? t("savedAt", when(editor.savedAt, Date.now())) : t("savedBefore")}
      </span>
      <button type="button" class="link" data-action="discard-draft" @click=${() => discardDraft(model)}>${t("discardDraft")}</button>
    </div>
    <button
      type="button"
      class="button primary"
      data-arm
      data-action="submit"
      ?disabled=${!editor.fileable || tasks.busy("submit")}
      @click=${model.arm.guard(() => void submit(model))}
    >
      ${icon("send")}<span class="cut">${problems ? tn("problems", problems) : host ? t("fileAt", host) : t("file")}</span>
    </button>
  </footer>`;
}
