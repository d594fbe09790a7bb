// The field for enclave ids written by hand.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { idText, oddIds, parseIds } from "./ids.js";

/**
 * @typedef {object} Known
 * @property {string[]} ids
 * @property {string} typed what was typed last
 * @property {ReadonlyMap<string, string>} [names] by id, as far as they were ever learnt
 * @property {string} hint
 * @property {string} [describedBy] ids of further elements that describe the field
 */

/**
 * @param {Known} known
 * @param {(ids: string[], typed: string) => void} changed
 */
export function idField({ ids, typed, names, hint, describedBy = "" }, changed) {
  const odd = oddIds(ids);
  const named = ids.filter((id) => names?.has(id));
  return html`<label class="small strong" for="enclaveIds">${t("enclaveIds")}</label>
    <textarea
      id="enclaveIds"
      class="ids"
      rows="2"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      aria-describedby="hint-enclaveIds odd-enclaveIds ${describedBy}"
      .value=${idText(ids, typed)}
      @input=${(/** @type {Event} */ { target }) => {
        if (target instanceof HTMLTextAreaElement) changed(parseIds(target.value), target.value);
      }}
    ></textarea>
    ${named.length ? html`<ul class="small">${named.map((id) => html`<li>${names?.get(id)} <code class="soft">${id}</code></li>`)}</ul>` : nothing}
    <p class="hint" id="hint-enclaveIds">${hint}</p>
    <div id="odd-enclaveIds" class="problems" role="status" data-odd=${odd.length}>
      ${odd.length ? html`<p class="caution">${icon("alert")}<span>${t("oddIds", odd.join(", "))}</span></p>` : nothing}
    </div>`;
}
