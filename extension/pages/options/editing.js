// The form of one profile.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ask } from "../../lib/messages.js";
import { requestAccess } from "../shared/access.js";
import { day } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { idField } from "../shared/idfield.js";
import { faultNotice, waitLine } from "../shared/parts.js";
import { edit, testNotice } from "./opened.js";

/** @typedef {import("./options.js").Options} Options */
/** @typedef {import("./form.js").Form} Form */

/**
 * @param {Options} options
 * @param {Form} form
 */
export function profileForm(options, form) {
  const { profile, platform } = form;
  const identity = platform.identity(form);
  const organization = platform.organization(form);
  const test = options.tests.get("");
  const { missing } = form;
  return html`<form class="card form" autocomplete="off" data-form=${profile.platform} @submit=${(/** @type {Event} */ event) => save(options, form, event)}>
    <h3>${form.isNew ? t("addNamed", platform.name) : profile.name}</h3>
    <div class="two">
      ${text(form, "name", t("fieldName"), profile.name)} ${platform.versions.length ? version(form) : signIn(options, form)}
    </div>
    ${text(form, "baseUrl", t("fieldBaseUrl"), profile.baseUrl, {
      type: "url",
      hint: t(platform.hint),
    })}
    ${originBox(options, form)}
    <div class="two">
      ${identity ? text(form, "identity", t(identity), profile.identity) : nothing}
      ${text(form, "secret", t(platform.secret(form)), profile.secret, {
        type: "password",
        hint: form.secretSetAt ? t("hintSecretKept", day(form.secretSetAt)) : t("hintSecret"),
      })}
    </div>
    ${
      organization
        ? text(form, "orgId", t(organization), profile.orgId ?? "", {
            hint: platform.needsOrganization(form) ? "" : t("hintOrganization"),
          })
        : nothing
    }
    ${platform.hasPages ? text(form, "webUrl", t("fieldWebUrl"), profile.webUrl, { type: "url", hint: t("hintWebUrl") }) : nothing}
    ${profile.platform === "trustar" ? enclaves(form) : nothing}
    ${waitLine(options.tasks.wait("form"))} ${faultNotice(options.tasks.fault("form"))} ${test ? testNotice(test) : nothing}
    <p class="small soft" id="missing" role="status">${missing || reason(form)}</p>
    <div class="row wrap">
      <button type="submit" class="button primary" data-action="save" aria-describedby="missing" ?disabled=${missing !== "" || options.tasks.busy("form")}>
        ${t("save")}
      </button>
      <button type="button" class="button" data-action="test" ?disabled=${missing !== "" || options.tasks.busy("form")} @click=${() => tryOut(options, form)}>
        ${t("testConnection")}
      </button>
      <button type="button" class="button plain" data-action="cancel" @click=${() => leave(options)}>${t("cancel")}</button>
    </div>
  </form>`;
}

/** Why the browser is about to ask for the host. @param {Form} form */
function reason({ origin, permitted }) {
  return origin && origin.pattern !== permitted ? t("saveAsks", origin.host) : "";
}

/**
 * A field of text. None of them may reach the browser's memory of forms or sessions.
 *
 * @param {Form} form
 * @param {"name" | "baseUrl" | "identity" | "secret" | "orgId" | "webUrl"} name also the control's id
 * @param {string} label
 * @param {string} value
 * @param {{ type?: "text" | "url" | "password", hint?: string }} [more]
 */
function text(form, name, label, value, { type = "text", hint = "" } = {}) {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      type=${type}
      autocomplete=${type === "password" ? "new-password" : "off"}
      spellcheck="false"
      aria-describedby="hint-${name}"
      .value=${value}
      @input=${(/** @type {Event} */ { target }) => target instanceof HTMLInputElement && form.edit({ [name]: target.value })}
    />
    <p class="hint" id="hint-${name}" ?hidden=${hint === ""}>${hint}</p>
  </div>`;
}

/** @param {Form} form */
function version(form) {
  const { apiVersion } = form.profile;
  const { versions } = form.platform;
  return html`<div class="field">
    <label for="apiVersion">${t("fieldApiVersion")}</label>
    <select
      id="apiVersion"
      @change=${(/** @type {Event} */ { target }) => target instanceof HTMLSelectElement && form.edit({ apiVersion: target.value })}
    >
      ${versions.map((version) => html`<option value=${version} ?selected=${version === apiVersion}>${version}</option>`)}
    </select>
  </div>`;
}

/**
 * @param {Options} options
 * @param {Form} form
 */
function signIn(options, form) {
  const change = (/** @type {Event} */ { target }) => {
    if (target instanceof HTMLSelectElement) form.scoped = target.value === "scoped";
    options.draw();
  };
  return html`<div class="field">
    <label for="signIn">${t("fieldSignIn")}</label>
    <select id="signIn" @change=${change}>
      <option value="refresh" ?selected=${!form.scoped}>${t("signInRefresh")}</option>
      <option value="scoped" ?selected=${form.scoped}>${t("signInScoped")}</option>
    </select>
  </div>`;
}

/**
 * The host that the address means, large enough to be read letter by letter.
 *
 * @param {Options} options
 * @param {Form} form
 */
function originBox(options, { origin, profile }) {
  if (profile.baseUrl.trim() === "") return nothing;
  if (!origin)
    return html`<div class="origin">${waitLine(options.tasks.wait("origin"))}${faultNotice(options.tasks.fault("origin"))}</div>`;
  if (origin.problem) {
    return html`<div class="origin field" data-origin-problem><p class="problem">${icon("alert")}${origin.problem}</p></div>`;
  }
  return html`<div class="origin" role="status" data-origin=${origin.host}>
    <span class="small soft">${t("originHost")}</span>
    <span class="host">${origin.host}</span>
  </div>`;
}

/**
 * Which enclaves a new draft starts with: chosen by name after a test that listed
 * them, written as ids otherwise.
 *
 * @param {Form} form
 */
function enclaves(form) {
  const { enclaveIds } = form.profile;
  return html`<fieldset class="field" data-field="enclaveIds">
    <legend>${t("fieldDefaultEnclaves")}</legend>
    ${
      form.enclaves.length === 0
        ? idField({ ids: enclaveIds, typed: form.typedIds, hint: t("hintDefaultEnclaves") }, (ids, typed) => {
            form.typedIds = typed;
            form.edit({ enclaveIds: ids });
          })
        : listed(form).map(({ id, name, words }) => {
            const chosen = enclaveIds.includes(id);
            const others = enclaveIds.filter((other) => other !== id);
            return html`<label class="choice" data-enclave=${id}>
              <input type="checkbox" .checked=${chosen} @change=${() => form.edit({ enclaveIds: chosen ? others : [...others, id] })} />
              <span class="cut">${name}</span>
              ${words ? html`<span class="hint">${words}</span>` : nothing}
            </label>`;
          })
    }
  </fieldset>`;
}

/** The enclaves to choose among, and those chosen before that are not listed any more. @param {Form} form */
function listed(form) {
  const { enclaveIds } = form.profile;
  const there = form.enclaves
    .filter(({ create, id }) => create || enclaveIds.includes(id))
    .map(({ id, name, create }) => ({ id, name, words: create ? "" : t("rightNone") }));
  const missing = enclaveIds.filter((id) => !form.enclaves.some((enclave) => enclave.id === id));
  return [...there, ...missing.map((id) => ({ id, name: id, words: t("unknownEnclave") }))];
}

/**
 * Saves. The browser is asked for the host in the click's own task, which is why
 * the pattern was learnt while the address was typed.
 *
 * @param {Options} options
 * @param {Form} form
 * @param {Event} event
 */
async function save(options, form, event) {
  event.preventDefault();
  if (form.missing || !form.origin) return;
  const asked = requestAccess(form.origin.pattern);
  // Saved whatever the browser is told: the card then says what is missing.
  await asked;
  const saved = await options.tasks.run("form", t("waitSave"), () => ask("profile.save", { profile: form.complete }));
  if (!saved) return;
  leave(options);
  await options.refresh();
}

/**
 * @param {Options} options
 * @param {Form} form
 */
async function tryOut(options, form) {
  if (!form.origin) return;
  options.tests.delete("");
  const { host, pattern } = form.origin;
  // A test reaches the host, so it too has to ask first.
  await requestAccess(pattern);
  const test = await options.tasks.run("form", t("waitTest", host), () =>
    ask("profile.test", { profile: form.complete }),
  );
  if (!test) return;
  form.enclaves = test.enclaves;
  options.tests.set("", test);
  options.draw();
}

/** @param {Options} options */
function leave(options) {
  options.tests.delete("");
  options.tasks.dismiss("form");
  edit(options, null);
}
