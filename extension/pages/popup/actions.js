// What can be done from the popup.

import { html } from "../../vendor/lit-html/lit-html.js";
import { openPanel } from "../../lib/browser.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";

/** @typedef {import("./popup.js").Popup} Popup */

/** @param {Popup} popup */
export function actions(popup) {
  const found = (popup.job?.preview?.indicators.length ?? 0) > 0;
  const reading = popup.tasks.busy("read");
  const restricted = popup.fault?.kind === "restricted";
  const preview = html`<button
    type="button"
    id="preview-page"
    class="button ${found ? "" : "primary"}"
    ?disabled=${reading || restricted}
    @click=${() => popup.read("page")}
  >
    ${icon("find")}${t("previewPage")}
  </button>`;
  const panel = html`<button
    type="button"
    id="open-panel"
    class="button ${found ? "primary" : ""}"
    @click=${() => open(popup)}
  >
    ${icon("panel")}${t("openPanel")}
  </button>`;
  return html`<footer class="bottom"><div class="row">${preview}${panel}</div></footer>`;
}

/** Opens the panel in the click's own task, then makes room for it. @param {Popup} popup */
function open(popup) {
  openPanel({ windowId: popup.tab?.windowId }).then(
    () => window.close(),
    // No panel here (a window without one): the popup stays as it is.
    () => undefined,
  );
}
