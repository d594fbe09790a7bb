// The icons, drawn on 16 px with a line of 1.5. They only ever accompany words or
// a label, so assistive technology skips them.

import { html, svg } from "../../vendor/lit-html/lit-html.js";

const drawings = {
  alert: svg`<path d="M8 2.2 14.3 13H1.7zM8 6.5v3"/><path d="M8 11.4v.1"/>`,
  case: svg`<rect x="2" y="5" width="12" height="8.5" rx="1.5"/><path d="M5.5 5V3.5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1V5M2 8.5h12"/>`,
  check: svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.6"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5h-.2A.8.8 0 0 1 2.5 9.7V3.3a.8.8 0 0 1 .8-.8h6.4a.8.8 0 0 1 .8.8v.2"/>`,
  external: svg`<path d="M6.5 3.5H4a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1h7.5a1 1 0 0 0 1-1V9.5M9.5 2.8h3.7v3.7M13 3 7.5 8.5"/>`,
  find: svg`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/>`,
  held: svg`<circle cx="8" cy="8" r="5.8"/><path d="m4 4 8 8"/>`,
  info: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 7.3v3.5M8 5.2v.1"/>`,
  keyboard: svg`<rect x="1.5" y="4" width="13" height="8.5" rx="1.5"/><path d="M4.5 7h.1M8 7h.1M11.5 7h.1M5 10h6"/>`,
  known: svg`<path d="M3.5 2.5h9v11.2L8 10.8l-4.5 2.9z"/>`,
  mark: svg`<path d="M5 2.5H2.5v11H5M11 2.5h2.5v11H11"/><circle cx="8" cy="8" r="1.2" fill="currentColor"/>`,
  marker: svg`<path d="m6.2 9.8-.9-.9 6-6 1.8 1.8-6 6zM5.3 8.9l-.9 2.7 2.7-.9M2.5 13.7h11"/>`,
  new: svg`<path d="M8 2.5v11M2.5 8h11M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6"/>`,
  panel: svg`<rect x="2" y="2.8" width="12" height="10.4" rx="1.5"/><path d="M9.5 2.8v10.4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  report: svg`<path d="M4 2h5.5L12.5 5v9H4zM9.5 2v3h3M6.2 8h4M6.2 10.7h4"/>`,
  retry: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5"/>`,
  send: svg`<path d="M14 2 7.3 8.7M14 2 9.8 14l-2.5-5.3L2 6.2z"/>`,
  settings: svg`<path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6"/><circle cx="10.2" cy="4.5" r="1.7"/><circle cx="5.8" cy="11.5" r="1.7"/>`,
  target: svg`<circle cx="8" cy="8" r="4.5"/><path d="M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3"/>`,
  trash: svg`<path d="M2.8 4.3h10.4M6.3 4.3V2.8h3.4v1.5M4.3 4.3l.6 9h6.2l.6-9"/>`,
  turn: svg`<path d="m6 3.5 4.5 4.5L6 12.5"/>`,
};

/** @typedef {keyof typeof drawings} IconName */

/**
 * @param {IconName} name
 * @param {string} [extra] further classes
 */
export function icon(name, extra = "") {
  return html`<svg class="icon ${extra}" viewBox="0 0 16 16" aria-hidden="true">${drawings[name]}</svg>`;
}
