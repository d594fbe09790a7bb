// The toolbar's popup: how many indicators, of which types, how many are held back.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { api } from "../../lib/browser.js";
import { ask, onChanged } from "../../lib/messages.js";
import { openOptions } from "../shared/access.js";
import { recallAnswer } from "../shared/answered.js";
import { nameDocument, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { faultNotice, waitLine } from "../shared/parts.js";
import { byId, screen } from "../shared/screen.js";
import { Tasks } from "../shared/tasks.js";
import { actions } from "./actions.js";
import { glance } from "./glance.js";
import { isOf } from "./match.js";

/** @typedef {import("../../types/messages.js").State} State */

/**
 * What the popup knows. The window's id is learnt before any click: opening the
 * panel must not wait for it.
 */
export class Popup {
  /** @type {State | null} */ state = null;
  /** @type {chrome.tabs.Tab | undefined} */ tab;
  /** What the platforms said of this job, null when they were not asked. @type {import("../shared/answered.js").Answered | null} */
  answered = null;
  tasks = new Tasks(draw);

  /** The job, if it is about the tab that the popup was opened on. */
  get job() {
    const job = this.state?.job ?? null;
    return job && isOf(job, this.tab) ? job : null;
  }

  /** Why the page was not read. */
  get fault() {
    const { job } = this;
    return this.tasks.fault("read") ?? (job?.state === "failed" ? (job.fault ?? undefined) : undefined);
  }

  async refresh() {
    const state = await this.tasks.run("state", t("waitState"), () => ask("state", {}));
    if (state) {
      this.state = state;
      this.answered = await recallAnswer(this.job?.id ?? "");
    }
    draw();
  }

  /** @param {"auto" | "page"} scope */
  async read(scope) {
    const tabId = this.tab?.id ?? 0;
    await this.tasks.run("read", t("waitRead"), () => ask("preview.tab", { tabId, scope, intent: "preview" }));
    await this.refresh();
  }
}

const draw = screen(byId("popup"), () => view(popup));
const popup = new Popup();

/** @param {Popup} popup */
function view(popup) {
  const { tasks, state } = popup;
  return html`
    <header class="top">
      <img src="../../icons/48.png" alt="" />
      <h1 class="grow">Sightline</h1>
      <button
        type="button"
        class="button plain only-icon"
        aria-label=${t("openOptions")}
        title=${t("openOptions")}
        data-action="options"
        @click=${openOptions}
      >
        ${icon("settings")}
      </button>
    </header>
    <main class="glance">
      ${waitLine(tasks.wait("state"))} ${faultNotice(
        tasks.fault("state"),
        html`<button type="button" class="button small" @click=${() => popup.refresh()}>${t("tryAgain")}</button>`,
      )}
      ${state ? glance(popup) : nothing}
    </main>
    ${state ? actions(popup) : nothing}
  `;
}

nameDocument("popupTitle");
draw();
[popup.tab] = await api.tabs.query({ active: true, currentWindow: true });
await popup.refresh();
// Opening the popup is the gesture: it shows what is there, and reads the page if
// nothing was read before. Nothing leaves the browser by it.
if (!popup.job || popup.job.state === "failed") await popup.read("auto");
onChanged((what) => void (what === "index" || popup.refresh()));
