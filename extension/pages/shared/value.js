// How an indicator's value is drawn: in one line for each of its parts, giving way
// in the middle; or whole, broken only between labels.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { columns, ends, parts, pieces } from "./cut.js";

/** In one line, or in two where it has two parts and one line is too short. @param {string} text */
export function valueLine(text) {
  return html`<span class="value" title=${text}>${parts(text).map(part)}</span>`;
}

/** @param {string} text */
function part(text) {
  const [head, tail] = ends(text);
  // A property rather than an attribute, which the page's policy forbids for styles.
  return html`<span class="value-part" .style=${`--tail: ${columns(tail)}`}
    ><span class="value-start">${head}</span>${tail ? html`<span>${tail}</span>` : nothing}</span
  ><wbr />`;
}

/** Whole, over as many lines as it takes. @param {string} text */
export function valueWhole(text) {
  return html`<span class="value-whole">${pieces(text).map((piece) => html`<span>${piece}</span><wbr />`)}</span>`;
}
