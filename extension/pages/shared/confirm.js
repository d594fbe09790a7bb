// The question before what cannot be undone.

import { html, render } from "../../vendor/lit-html/lit-html.js";
import { t } from "./i18n.js";

/**
 * Asks; true when the user says yes.
 *
 * @param {import("./arm.js").Arm} arm
 * @param {{ title: string, words: string, yes: string }} question yes names what will happen
 * @returns {Promise<boolean>}
 */
export function confirmed(arm, { title, words, yes }) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "question-title");
  let answer = false;
  render(
    html`<form method="dialog" class="stack tight">
      <h2 id="question-title">${title}</h2>
      <p>${words}</p>
      <div class="actions">
        <button type="submit" class="button" autofocus>${t("cancel")}</button>
        <button
          type="button"
          class="button danger"
          data-arm
          data-action="confirm"
          @click=${arm.guard(() => {
            answer = true;
            dialog.close();
          })}
        >
          ${yes}
        </button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  arm.watch(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
  });
}
