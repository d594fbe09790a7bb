// What is wrong with a field of the draft, beside the field.

import { html } from "../../vendor/lit-html/lit-html.js";
import { icon } from "../shared/icons.js";

/** @typedef {import("./model.js").Model} Model */

/**
 * @param {Model} model
 * @param {string} name "" for what is wrong with the whole
 */
export function problemsOf(model, name) {
  const words = problemWords(model, name);
  return html`<div id="problem-${name}" class="problems" role="status">
    ${words.map((line) => html`<p class="problem">${icon("alert")}${line}</p>`)}
  </div>`;
}

/**
 * @param {Model} model
 * @param {string} name
 */
export const problemWords = (model, name) =>
  (model.editor.checked?.problems ?? []).filter(({ field }) => field === name).map(({ words }) => words);
