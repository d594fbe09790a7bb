// How an indicator's value is drawn: in one line that gives way in its middle, or
// whole, broken only between labels.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ends, pieces } from "./cut.js";

/** In one line. @param {string} text */
export function valueLine(text) {
  const [head, tail] = ends(text);
  const end = tail ? html`<span>${tail}</span>` : nothing;
  return html`<span class="value" title=${text}><span class="value-start">${head}</span>${end}</span>`;
}

/** Whole, over as many lines as it takes. @param {string} text */
export function valueWhole(text) {
  return html`<span class="value-whole">${pieces(text).map((piece) => html`<span>${piece}</span><wbr />`)}</span>`;
}
