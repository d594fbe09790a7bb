// The options page: profiles, settings, and what leaves the browser when.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ask, onChanged } from "../../lib/messages.js";
import { Arm } from "../shared/arm.js";
import { nameDocument, t } from "../shared/i18n.js";
import { faultNotice, waitLine } from "../shared/parts.js";
import { byId, screen } from "../shared/screen.js";
import { Tasks } from "../shared/tasks.js";
import { privacyPart } from "./privacy.js";
import { profilesPart } from "./profiles.js";
import { settingsPart } from "./settings.js";

/** @typedef {import("../../types/messages.js").State} State */
/** @typedef {import("./form.js").Form} Form */

export class Options {
  /** @type {State | null} */ state = null;
  /** The profile that is being written; null when none is. @type {Form | null} */ form = null;
  /** What the last test of each profile said. @type {Map<string, import("../../types/core.js").TestResponse>} */ tests =
    new Map();
  /** The index, null until it is known. @type {import("../../types/messages.js").IndexView | null} */ index = null;
  /** The budgets that were chosen and not yet stored, by profile. @type {Map<string, import("../../types/core.js").FillSettings>} */
  budgets = new Map();
  /** What the last check of the index said, and how large it was. @type {{ profileId: string, problem: string, bytes: number } | null} */ checked = null;
  arm = new Arm();
  #asking = false;
  #again = false;

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
    this.tasks = new Tasks(draw);
  }

  async refresh() {
    const state = await this.tasks.run("state", t("waitState"), () => ask("state", {}));
    if (state) this.state = state;
    this.draw();
    await this.refreshIndex();
  }

  /** Asks how far the index is; calls that come while one is under way share the next. */
  async refreshIndex() {
    if (this.#asking || !this.state?.profiles.length) {
      this.#again = this.#asking;
      return;
    }
    this.#asking = true;
    do {
      this.#again = false;
      const view = await this.tasks.run("index", t("waitIndex"), () => ask("index.status", {}));
      if (view) this.index = view;
    } while (this.#again);
    this.#asking = false;
    this.draw();
  }
}

const root = byId("options");
const draw = screen(root, view, () => options.arm.watch(root));
const options = new Options(draw);

function view() {
  const { state, tasks } = options;
  return html`
    <header class="top">
      <img src="../../icons/48.png" alt="" />
      <h1 class="grow">${t("optionsTitle")}</h1>
      ${state ? html`<span class="soft small">${t("version", state.version)}</span>` : nothing}
    </header>
    <main>
      ${waitLine(tasks.wait("state"))} ${faultNotice(tasks.fault("state"))} ${options.index ? nothing : waitLine(tasks.wait("index"))} ${faultNotice(tasks.fault("index"))}
      ${state ? html`${profilesPart(options)} ${settingsPart(options, state)} ${privacyPart(state)}` : nothing}
    </main>
  `;
}

nameDocument("optionsTitle");
draw();
void options.refresh();
onChanged((what) => void (what === "index" ? options.refreshIndex() : options.refresh()));
// "Just now" must not stand for an hour.
setInterval(() => document.visibilityState === "visible" && draw(), 30_000);
