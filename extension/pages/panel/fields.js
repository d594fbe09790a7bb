// The fields of a report, each with what is wrong with it.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { t, tn } from "../shared/i18n.js";
import { enclaveField } from "./enclaves.js";
import { problemsOf, problemWords } from "./problems.js";
import { join, offsetHere, split } from "./zone.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Draft} Draft */

/** @param {Model} model */
export function fields(model) {
  const { draft, checked } = model.editor;
  if (!draft) return nothing;
  const profiles = model.profiles("trustar");
  return html`
    ${problemsOf(model, "")}
    ${
      profiles.length > 1 || !profiles.some(({ id }) => id === draft.profileId)
        ? field(
            model,
            "profileId",
            t("fieldProfile"),
            (described) => html`<select id="profileId" aria-describedby=${described} @change=${put(model, "profileId")}>
            ${
              profiles.some(({ id }) => id === draft.profileId)
                ? nothing
                : html`<option value="" selected>${t("chooseProfile")}</option>`
            }
            ${profiles.map(({ id, name, host }) => html`<option value=${id} ?selected=${id === draft.profileId}>${name} · ${host}</option>`)}
          </select>`,
          )
        : nothing
    }
    ${field(
      model,
      "title",
      t("fieldTitle"),
      (described, invalid) => html`<input
        id="title"
        type="text"
        autocomplete="off"
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${draft.title}
        @input=${put(model, "title")}
      />`,
    )}
    ${field(
      model,
      "body",
      t("fieldBody"),
      (described, invalid) => html`<textarea
        id="body"
        rows="9"
        autocomplete="off"
        spellcheck="false"
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${draft.body}
        @input=${put(model, "body")}
      ></textarea>`,
      checked && model.editor.settled ? tn("bodyHolds", checked.indicators.length) : "",
    )}
    ${timeField(model, draft)} ${distributionField(model, draft)}
    ${draft.distribution === "ENCLAVE" ? enclaveField(model, draft) : nothing}
    ${field(
      model,
      "externalUrl",
      t("fieldExternalUrl"),
      (described, invalid) => html`<input
        id="externalUrl"
        type="url"
        autocomplete="off"
        spellcheck="false"
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${draft.externalUrl}
        @input=${put(model, "externalUrl")}
      />`,
      t("hintExternalUrl"),
    )}
  `;
}

/**
 * @param {Model} model
 * @param {Draft} draft
 */
function timeField(model, draft) {
  const { local, zone } = split(draft.timeBegan);
  /** @type {[string, string][]} */
  const zones = [
    ["local", t("zoneLocal", offsetHere(local))],
    ["utc", t("zoneUtc")],
  ];
  if (zone !== "local" && zone !== "utc") zones.push([zone, zone]);
  const change = (/** @type {Event} */ { currentTarget }) => {
    const box = /** @type {HTMLElement} */ (currentTarget).closest(".time");
    const time = /** @type {HTMLInputElement} */ (box?.querySelector("input"));
    const chosen = /** @type {HTMLSelectElement} */ (box?.querySelector("select"));
    model.editor.edit({ timeBegan: join(time.value, chosen.value) });
  };
  return field(
    model,
    "timeBegan",
    t("fieldTimeBegan"),
    (described, invalid) => html`<div class="time">
      <input
        id="timeBegan"
        type="datetime-local"
        aria-describedby=${described}
        aria-invalid=${invalid}
        .value=${local}
        @change=${change}
      />
      <select aria-label=${t("zone")} @change=${change}>
        ${zones.map(([value, words]) => html`<option value=${value} ?selected=${value === zone}>${words}</option>`)}
      </select>
    </div>`,
    t("hintTimeBegan"),
  );
}

/**
 * @param {Model} model
 * @param {Draft} draft
 */
function distributionField(model, draft) {
  /** @type {[string, string, string][]} */
  const choices = [
    ["ENCLAVE", t("distributionEnclave"), t("hintEnclave")],
    ["COMMUNITY", t("distributionCommunity"), t("hintCommunity")],
  ];
  return html`<fieldset class="field" role="radiogroup" aria-describedby="problem-distribution">
    <legend>${t("fieldDistribution")}</legend>
    ${choices.map(
      ([value, words, hint]) => html`<label class="choice">
        <input
          type="radio"
          name="distribution"
          value=${value}
          .checked=${draft.distribution === value}
          @change=${() => model.editor.edit({ distribution: value })}
        />
        <span>${words}</span><span class="hint">${hint}</span>
      </label>`,
    )}
    ${problemsOf(model, "distribution")}
  </fieldset>`;
}

/**
 * A field with its label, its hint and its problems.
 *
 * @param {Model} model
 * @param {keyof Draft} name also the id of the control
 * @param {string} label
 * @param {(described: string, invalid: boolean) => unknown} control
 * @param {string} [hint]
 */
function field(model, name, label, control, hint = "") {
  const invalid = problemWords(model, name).length > 0;
  return html`<div class="field" data-field=${name}>
    <label for=${name}>${label}</label>
    ${control(`hint-${name} problem-${name}`, invalid)}
    <p class="hint" id="hint-${name}" ?hidden=${hint === ""}>${hint}</p>
    ${problemsOf(model, name)}
  </div>`;
}

/**
 * @param {Model} model
 * @param {"title" | "body" | "externalUrl" | "profileId"} name
 */
function put(model, name) {
  return (/** @type {Event} */ { target }) => {
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    ) {
      model.editor.edit({ [name]: target.value });
    }
  };
}
