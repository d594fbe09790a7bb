// The list of profiles, and what is done with one.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ask } from "../../lib/messages.js";
import { requestAccess } from "../shared/access.js";
import { confirmed } from "../shared/confirm.js";
import { day } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip, faultNotice, notice, waitLine } from "../shared/parts.js";
import { profileForm } from "./editing.js";
import { Form } from "./form.js";
import { indexPart } from "./indexing.js";
import { edit, testNotice } from "./opened.js";
import { isPlatform, platforms } from "./platforms.js";

/** @typedef {import("./options.js").Options} Options */
/** @typedef {import("../../types/messages.js").ProfileView} ProfileView */

/** In the order in which they are offered. @type {import("./platforms.js").PlatformId[]} */
const offered = ["trustar", "stellarcyber", "threatstack"];

/** @param {Options} options */
export function profilesPart(options) {
  const { state, form } = options;
  return html`<section class="part" aria-labelledby="profiles-title">
    <h2 id="profiles-title">${t("profiles")}</h2>
    <p class="soft">${t("profilesWords")}</p>
    ${state?.profiles.map((profile) =>
      form?.profile.id === profile.id ? profileForm(options, form) : card(options, profile),
    )}
    ${form?.isNew ? profileForm(options, form) : adders(options)}
  </section>`;
}

/** @param {Options} options */
function adders(options) {
  return html`<div class="adders">
    ${offered.map(
      (id) => html`<button type="button" class="adder" data-add=${id} @click=${() => edit(options, new Form(options, id))}>
        <i class="platform">${icon(platforms[id].icon)}</i>
        <span><span class="strong">${t("addNamed", platforms[id].name)}</span><span class="small soft">${t(`add_${id}`)}</span></span>
      </button>`,
    )}
  </div>`;
}

/**
 * @param {Options} options
 * @param {ProfileView} profile
 */
function card(options, profile) {
  const known = isPlatform(profile.platform) ? platforms[profile.platform] : null;
  const name = `profile ${profile.id}`;
  const test = options.tests.get(profile.id);
  return html`<article class="card" data-profile=${profile.id} aria-label=${profile.name}>
    <div class="row">
      <i class="platform">${icon(known?.icon ?? "info")}</i>
      <div class="grow">
        <h3 class="cut">${profile.name}</h3>
        <p class="soft small cut">
          ${known?.name ?? profile.platform}${profile.apiVersion ? ` ${profile.apiVersion}` : ""} · <span class="mono">${profile.host}</span>
        </p>
      </div>
      ${profile.permitted ? chip("good", t("allowed"), "check") : chip("warn", t("notAllowedChip"), "alert")}
    </div>
    <p class="small soft">
      ${profile.secretSetAt ? t("secretSet", day(profile.secretSetAt)) : t("secretUnset")}
      ${profile.enclaveIds.length ? html` · ${tn("enclaves", profile.enclaveIds.length)}` : nothing}
    </p>
    ${profile.permitted ? nothing : notice("warn", html`<p>${t("notPermitted", profile.host)}</p>`)}
    ${waitLine(options.tasks.wait(name))} ${faultNotice(options.tasks.fault(name))} ${test ? testNotice(test) : nothing}
    <div class="row wrap">
      ${
        profile.permitted
          ? nothing
          : html`<button type="button" class="button primary" data-action="grant" @click=${() => grant(options, profile)}>
            ${t("allowHost", profile.host)}
          </button>`
      }
      <button type="button" class="button" data-action="test" ?disabled=${options.tasks.busy(name)} @click=${() => test_(options, profile)}>
        ${t("testConnection")}
      </button>
      <button type="button" class="button" data-action="edit" @click=${() => edit(options, new Form(options, profile))}>
        ${t("edit")}
      </button>
      <button type="button" class="button plain" data-action="delete" @click=${() => remove(options, profile)}>${t("delete")}</button>
    </div>
    ${indexPart(options, profile)}
  </article>`;
}

/**
 * @param {Options} options
 * @param {ProfileView} profile
 */
async function grant(options, profile) {
  await requestAccess(profile.pattern);
  await options.refresh();
}

/**
 * @param {Options} options
 * @param {ProfileView} view
 */
async function test_(options, view) {
  options.tests.delete(view.id);
  // In the click's own task: a test reaches the host, so it too has to ask first.
  await requestAccess(view.pattern);
  const { complete } = new Form(options, view);
  const profile = { ...complete, baseUrl: view.baseUrl };
  const test = await options.tasks.run(`profile ${view.id}`, t("waitTest", view.host), () =>
    ask("profile.test", { profile }),
  );
  if (test) options.tests.set(view.id, test);
  options.draw();
}

/**
 * @param {Options} options
 * @param {ProfileView} profile
 */
async function remove(options, { id, name }) {
  const yes = await confirmed(options.arm, {
    title: t("deleteTitle", name),
    words: t("deleteWords"),
    yes: t("deleteYes"),
  });
  if (!yes) return;
  await options.tasks.run(`profile ${id}`, t("waitSave"), () => ask("profile.delete", { id }));
  await options.refresh();
}
