// Settings that are not about a platform.

import { html } from "../../vendor/lit-html/lit-html.js";
import { ask } from "../../lib/messages.js";
import { t } from "../shared/i18n.js";
import { faultNotice } from "../shared/parts.js";

/** @typedef {import("./options.js").Options} Options */

/**
 * @param {Options} options
 * @param {import("../../types/messages.js").State} state
 */
export function settingsPart(options, { settings }) {
  return html`<section class="part" aria-labelledby="settings-title">
    <h2 id="settings-title">${t("settings")}</h2>
    <label class="choice">
      <input
        type="checkbox"
        id="highlight"
        .checked=${settings.highlight}
        @change=${() => save(options, { ...settings, highlight: !settings.highlight })}
      />
      <span>${t("settingHighlight")}</span>
      <span class="hint small soft">${t("hintHighlight")}</span>
    </label>
    ${faultNotice(options.tasks.fault("settings"))}
  </section>`;
}

/**
 * @param {Options} options
 * @param {import("../../types/messages.js").Settings} settings
 */
async function save(options, settings) {
  await options.tasks.run("settings", t("waitSave"), () => ask("settings.save", { settings }));
  await options.refresh();
}
