// The list of keys.

import { html } from "../../vendor/lit-html/lit-html.js";
import { t } from "../shared/i18n.js";
import { explained } from "./keys.js";

export function helpDialog() {
  return html`<dialog id="help" aria-labelledby="help-title">
    <form method="dialog" class="stack">
      <h2 id="help-title">${t("keys")}</h2>
      <dl class="keys">
        ${explained.map(
          ([keys, message]) => html`<div>
            <dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${t(message)}</dd>
          </div>`,
        )}
      </dl>
      <div class="actions"><button type="submit" class="button" autofocus>${t("close")}</button></div>
    </form>
  </dialog>`;
}

export function openHelp() {
  const dialog = document.getElementById("help");
  if (dialog instanceof window.HTMLDialogElement && !dialog.open) dialog.showModal();
}
