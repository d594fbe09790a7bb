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
  arm = new Arm();

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
    this.tasks = new Tasks(draw);
  }

  async refresh() {
    const state = await this.tasks.run("state", t("waitState"), () => ask("state", {}));
    if (state) this.state = state;
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
      ${waitLine(tasks.wait("state"))} ${faultNotice(tasks.fault("state"))}
      ${state ? html`${profilesPart(options)} ${settingsPart(options, state)} ${privacyPart(state)}` : nothing}
    </main>
  `;
}

nameDocument("optionsTitle");
draw();
void options.refresh();
onChanged(() => void options.refresh());
