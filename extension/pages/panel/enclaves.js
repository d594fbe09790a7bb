// Which enclaves a report goes to: the platform is asked which there are, and what
// the user may do in them.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { t } from "../shared/i18n.js";
import { idField } from "../shared/idfield.js";
import { faultNotice, waitLine } from "../shared/parts.js";
import { fetchEnclaves } from "./actions.js";
import { problemsOf } from "./problems.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("../../types/core.js").Draft} Draft */
/** @typedef {import("../../types/core.js").Enclave} Enclave */

/**
 * @param {Model} model
 * @param {Draft} draft
 */
export function enclaveField(model, draft) {
  const { profileId } = draft;
  const enclaves = model.enclaves.get(profileId);
  if (!enclaves) void Promise.resolve().then(() => fetchEnclaves(model, profileId));
  return html`<fieldset class="field" data-field="enclaveIds" aria-describedby="problem-enclaveIds">
    <legend>${t("fieldEnclaves")}</legend>
    ${enclaves ? list(model, draft, enclaves) : pending(model, draft)} ${problemsOf(model, "enclaveIds")}
  </fieldset>`;
}

/**
 * The list is not there. While it is fetched, the draft's own ids are shown; should
 * it not be had, ids can be written by hand: a report must not fail for want of a list.
 *
 * @param {Model} model
 * @param {Draft} draft
 */
function pending(model, draft) {
  const { profileId, enclaveIds } = draft;
  const name = `enclaves ${profileId}`;
  const again = html`<button
    type="button"
    class="button small"
    data-action="fetch-enclaves"
    @click=${() => fetchEnclaves(model, profileId, true)}
  >
    ${t("tryAgain")}
  </button>`;
  const known = model.profiles("trustar").some(({ id }) => id === profileId);
  const fault = model.tasks.fault(name);
  return html`${waitLine(model.tasks.wait(name))} ${faultNotice(fault, again)}
  ${
    fault || !known
      ? byHand(model, draft, t("hintEnclaveIds"))
      : enclaveIds.map((id) => html`<p class="mono cut">${model.enclaveNames.get(id) ?? id}</p>`)
  }`;
}

/**
 * @param {Model} model
 * @param {Draft} draft
 * @param {string} hint
 */
function byHand(model, { enclaveIds }, hint) {
  const known = { ids: enclaveIds, typed: model.typedIds, names: model.enclaveNames, hint };
  return idField({ ...known, describedBy: "problem-enclaveIds" }, (ids, typed) => {
    model.typedIds = typed;
    model.editor.edit({ enclaveIds: ids });
  });
}

/**
 * @param {Model} model
 * @param {Draft} draft
 * @param {Enclave[]} enclaves
 */
function list(model, draft, enclaves) {
  if (enclaves.length === 0) return byHand(model, draft, t("noEnclaves"));
  const unknown = draft.enclaveIds.filter((id) => !enclaves.some((enclave) => enclave.id === id));
  return html`${enclaves.map((enclave) => choice(model, draft, enclave))}
  ${unknown.map((id) =>
    choice(model, draft, { id, name: id, type: "", read: false, create: true, update: false }, t("unknownEnclave")),
  )}`;
}

/**
 * @param {Model} model
 * @param {Draft} draft
 * @param {Enclave} enclave
 * @param {string} [words]
 */
function choice(model, draft, enclave, words = rights(enclave)) {
  const chosen = draft.enclaveIds.includes(enclave.id);
  const change = () => {
    const others = draft.enclaveIds.filter((id) => id !== enclave.id);
    model.editor.edit({ enclaveIds: chosen ? others : [...others, enclave.id] });
  };
  // One that was chosen before the right was lost can still be taken out.
  return html`<label class="choice" data-enclave=${enclave.id}>
    <input type="checkbox" .checked=${chosen} ?disabled=${!enclave.create && !chosen} @change=${change} />
    <span class="cut" title=${enclave.name}>${enclave.name}</span>
    ${words ? html`<span class="hint">${words}</span>` : nothing}
  </label>`;
}

/**
 * What the user may do there, in words.
 *
 * @param {Enclave} enclave
 */
export function rights({ read, create, update }) {
  if (!create) return t("rightNone");
  return [read ? t("rightRead") : "", t("rightCreate"), update ? t("rightUpdate") : ""].filter(Boolean).join(" · ");
}
