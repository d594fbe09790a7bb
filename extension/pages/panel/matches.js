// How a result and the page's indicators match: which, how exactly, and how rare each is.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { number, t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip } from "../shared/parts.js";
import { valueLine } from "../shared/value.js";
import { keyOf } from "./coverage.js";

/** @typedef {import("../../types/core.js").Match} Match */
/** @typedef {import("../../types/core.js").Result} Result */

/** So many are shown before the rest is folded away. */
const FEW = 4;

/** @type {Record<string, string>} */
const kinds = {
  exact: "matchExact",
  "same-file": "matchSameFile",
  "same-url": "matchSameUrl",
  host: "matchHost",
  "on-host": "matchOnHost",
  "same-host": "matchSameHost",
  range: "matchRange",
  parent: "matchParent",
};

/** @type {Record<string, string>} */
const places = { alert: "placeAlert", event: "placeEvent", title: "placeTitle", comment: "placeComment" };

/**
 * @param {Result} result
 * @param {Map<string, string>} defanged by key
 */
export function matchList({ matches, weight, reasons }, defanged) {
  if (!matches?.length) return nothing;
  const rest = matches.slice(FEW);
  return html`<div class="shared">
    <p class="small reasons" data-reasons>${(reasons ?? []).join(" · ")}</p>
    <ul>
      ${matches.slice(0, FEW).map((match) => line(match, defanged))}
    </ul>
    ${
      rest.length
        ? html`<details>
          <summary class="small">${icon("turn", "turn")}${tn("showMore", rest.length)}</summary>
          <ul>
            ${rest.map((match) => line(match, defanged))}
          </ul>
        </details>`
        : nothing
    }
    <details data-why>
      <summary class="small soft">${icon("turn", "turn")}${t("whyHere", number(weight))}</summary>
      <dl class="why small">
        ${matches.map(
          (match) => html`<div>
            <dt class="number">${number(match.weight)}</dt>
            <dd><span class="mono">${defanged.get(keyOf(match.indicator)) ?? match.indicator.value}</span>: ${match.words}${place(match)}</dd>
          </div>`,
        )}
      </dl>
    </details>
  </div>`;
}

/**
 * @param {Match} match
 * @param {Map<string, string>} defanged
 */
function line(match, defanged) {
  const { indicator, kind, count } = match;
  const exact = kind === "exact" || kind === "same-file";
  return html`<li class="match" data-match=${kind} title=${match.words}>
    <span class="grow">${valueLine(defanged.get(keyOf(indicator)) ?? indicator.value)}</span>
    <span class="small soft number whole">${tn("inCount", count)}</span>
    ${chip(exact ? "known" : "", t(kinds[kind] ?? "matchOther"))}
  </li>`;
}

/** Where it was seen, if not among what the platform calls observables. @param {Match} match */
const place = ({ place }) => (places[place] ? ` (${t(places[place])})` : "");
