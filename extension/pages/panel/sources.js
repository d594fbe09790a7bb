// How far each source of a look-up got.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { chip } from "../shared/parts.js";

/** @typedef {import("../../types/core.js").SourceState} Source */

/** @type {Record<string, { state: string, message: string, icon: import("../shared/icons.js").IconName }>} */
const states = {
  answered: { state: "good", message: "sourceAnswered", icon: "check" },
  partial: { state: "warn", message: "sourcePartial", icon: "alert" },
  failed: { state: "bad", message: "sourceFailed", icon: "close" },
};

/** @param {Source[]} sources */
export function sourceList(sources) {
  return html`<ul class="stack sources" aria-label=${t("sources")}>
    ${sources.map(entry)}
  </ul>`;
}

/** @param {Source} source */
function entry(source) {
  // A state that we do not know is no answer.
  const shown = states[source.state] ?? { state: "bad", message: "sourceFailed", icon: "close" };
  const effort = [
    // The words of half an answer say it themselves.
    source.total && !source.words ? t("checkedOf", number(source.checked), number(source.total)) : "",
    source.calls ? tn("requests", source.calls) : "",
  ].filter(Boolean);
  return html`<li data-source=${source.profileId} data-state=${source.state}>
    <div class="row">
      <span class="grow cut" title=${source.name}>${source.name}</span>
      ${chip(shown.state, t(shown.message), shown.icon)}
    </div>
    ${effort.length ? html`<p class="soft small number">${effort.join(" · ")}</p>` : nothing}
    ${source.words ? html`<p class="small wraps">${source.words}</p>` : nothing}
  </li>`;
}
