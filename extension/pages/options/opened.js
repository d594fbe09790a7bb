// What the list of profiles and the form of one share.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { notice } from "../shared/parts.js";

/** @typedef {import("./options.js").Options} Options */
/** @typedef {import("./form.js").Form} Form */

/** @param {import("../../types/core.js").TestResponse} test */
export function testNotice({ words, enclaves }) {
  return html`<div role="status" data-test="ok">
    ${notice(
      "good",
      html`<p>${words}</p>
        ${enclaves.length ? html`<p class="small">${enclaves.map(({ name }) => name).join(", ")}</p>` : nothing}`,
    )}
  </div>`;
}

/**
 * Opens the form of a profile, or closes it.
 *
 * @param {Options} options
 * @param {Form | null} form
 */
export function edit(options, form) {
  options.form = form;
  options.draw();
  queueMicrotask(() => document.getElementById("name")?.focus());
}
