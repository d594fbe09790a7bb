// The side panel (Chromium) and sidebar (Firefox): the surface on which the work is done.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { onChanged } from "../../lib/messages.js";
import { nameDocument, t } from "../shared/i18n.js";
import { faultNotice, waitLine } from "../shared/parts.js";
import { byId, screen } from "../shared/screen.js";
import { lookUp, makeDraft } from "./actions.js";
import { header } from "./header.js";
import { helpDialog } from "./help.js";
import { indicatorsFoot, indicatorsView } from "./indicators.js";
import { listenToKeys } from "./shortcuts.js";
import { Model } from "./model.js";
import { relatedFoot, relatedView } from "./related.js";
import { reportFoot, reportView } from "./report.js";

const root = byId("panel");
const said = byId("said");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saidTimer;

/** Tells something in passing, to eyes and ears alike. @param {string} words */
function say(words) {
  said.textContent = words;
  clearTimeout(saidTimer);
  // Long enough to be read.
  saidTimer = setTimeout(() => (said.textContent = ""), Math.max(2500, words.length * 70));
}

const draw = screen(root, view, () => model.arm.watch(root));
const model = new Model(draw, say);

const views = { indicators: indicatorsView, report: reportView, related: relatedView };
/** What stays in sight beneath each view. */
const feet = { indicators: indicatorsFoot, report: reportFoot, related: relatedFoot };

function view() {
  const { state, tasks } = model;
  if (!state) {
    return html`<main class="loading"><h1 class="unseen">Sightline</h1>${waitLine(tasks.wait("state"))}${faultNotice(
      tasks.fault("state"),
      html`
      <button type="button" class="button small" @click=${() => model.refresh()}>${t("tryAgain")}</button>
    `,
    )}</main>`;
  }
  return html`
    ${header(model)}
    <main class="middle">
      <div id="view" role="tabpanel" aria-labelledby="tab-${model.view}" data-view=${model.view}>
        ${tasks.fault("state") ? faultNotice(tasks.fault("state")) : nothing} ${views[model.view](model)}
      </div>
      ${feet[model.view](model)}
    </main>
    ${helpDialog()}
  `;
}

/** Carries out what the user asked for when the job began, once. */
async function followIntent() {
  if (!model.takeIntent()) return;
  const intent = model.job?.intent;
  if (intent === "related" && (model.state?.profiles.length ?? 0) > 0) await lookUp(model);
  if (intent === "report" && !model.editor.draft && model.profiles("trustar").length > 0) await makeDraft(model, "");
}

async function refresh() {
  await model.refresh();
  await followIntent();
}

nameDocument("panelTitle");
draw();
void refresh();
onChanged((what) => {
  if (what === "index") return void model.refreshIndex();
  if (what === "profiles") model.forgetEnclaves();
  void refresh();
});
listenToKeys(model);
// "Just now" must not stand for an hour.
setInterval(() => document.visibilityState === "visible" && draw(), 30_000);

// The last moments in which a page may still save: fields left, tab hidden, page gone.
window.addEventListener("pagehide", () => void model.editor.flush());
window.addEventListener("blur", () => void model.editor.flush());
document.addEventListener("focusout", () => void model.editor.flush());
