// How an indicator's value is drawn: in one line that gives way in its middle, or
// whole, broken only between labels.

import { html } from "../../vendor/lit-html/lit-html.js";
import { ends, pieces } from "./cut.js";

/** In one line. @param {string} text */
export function valueLine(text) {
  const [head, tail] = ends(text);
  return html`<span class="value" title=${text}><span class="value-start">${head}</span><span class="value-end">${tail}</span></span>`;
}

/** Whole, over as many lines as it takes. @param {string} text */
export function valueWhole(text) {
  return html`<span class="value-whole">${pieces(text).map((piece) => html`${piece}<wbr />`)}</span>`;
}
