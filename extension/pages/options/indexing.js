// The index of one profile's cases or alerts: whether it is kept, how much of it, how
// far it is, and how it is emptied.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ask } from "../../lib/messages.js";
import { confirmed } from "../shared/confirm.js";
import { age, duration, size, when } from "../shared/format.js";
import { t, tn } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { chip, faultNotice, notice, objectsOf, waitLine } from "../shared/parts.js";
import { budgetPart, initial } from "./budget.js";

/** @typedef {import("./options.js").Options} Options */
/** @typedef {import("../../types/messages.js").ProfileView} ProfileView */
/** @typedef {import("../../types/messages.js").IndexView} IndexView */
/** @typedef {import("../../types/core.js").FillProgress} FillProgress */
/** @typedef {import("../../types/core.js").FillSettings} FillSettings */
/** @typedef {{ options: Options, profile: ProfileView, view: IndexView, progress: FillProgress }} Shown */
/** @typedef {"off" | "notAllowed" | "trouble" | "paused" | "filling" | "idle" | "waiting" | "soon"} Standing */

/**
 * Nothing for a platform that needs no index.
 *
 * @param {Options} options
 * @param {ProfileView} profile
 */
export function indexPart(options, profile) {
  const view = options.index;
  const progress = view?.status.profiles.find(({ profileId }) => profileId === profile.id);
  if (!view || !progress) return nothing;
  /** @type {Shown} */
  const shown = { options, profile, view, progress };
  const { on } = progress.settings;
  const name = taskOf(profile.id);
  return html`<section class="indexing" aria-label=${t("indexOf", profile.name)} data-index=${profile.id} data-standing=${standing(shown)}>
    <div class="row top-line">
      <label class="choice grow">
        <input
          type="checkbox"
          role="switch"
          data-action="index-switch"
          aria-describedby="index-words-${profile.id}"
          .checked=${on}
          ?disabled=${options.tasks.busy(name)}
          @change=${() => save(shown, { ...wish(shown), on: !on })}
        />
        <span class="strong">${t(keepWords(profile))}</span>
      </label>
      ${state(shown)}
    </div>
    <p class="small soft words" id="index-words-${profile.id}">${t(on ? "indexOnWords" : "indexOffWords", profile.host)}</p>
    ${on ? progressPart(shown) : nothing} ${troubles(shown)}
    ${budgetPart(wish(shown), options.tasks.busy(name), (settings) => changeBudget(shown, settings))}
    ${waitLine(options.tasks.wait(name))} ${faultNotice(options.tasks.fault(name))} ${checked(shown)}
    ${on || progress.done > 0 ? actions(shown) : nothing}
    <details class="small soft">
      <summary>${icon("turn", "turn")}${t("indexHow")}</summary>
      <p>${t("indexHolds")}</p>
      <p>${t("indexSealed")}</p>
      <p>${t("indexEmptied")}</p>
    </details>
  </section>`;
}

/** @param {string} id */
const taskOf = (id) => `index ${id}`;

/** @param {ProfileView} profile */
const keepWords = ({ platform }) => (platform === "threatstack" ? "indexKeepAlerts" : "indexKeep");

/** What the user wants: chosen here, or stored. @param {Shown} shown @returns {FillSettings} */
function wish({ options, profile, progress }) {
  const { settings } = progress;
  if (settings.on) return settings;
  return options.budgets.get(profile.id) ?? (progress.done > 0 ? settings : initial);
}

/** @param {Shown} shown @returns {Standing} */
function standing({ profile, view, progress }) {
  if (!progress.settings.on) return "off";
  if (!profile.permitted) return "notAllowed";
  if (view.filling.includes(profile.id)) return "filling";
  if (view.paused.includes(profile.id)) return "paused";
  if (view.trouble) return "trouble";
  if (progress.phase === "idle" || progress.phase === "waiting") return progress.phase;
  return "soon";
}

/** @type {Record<Standing, [state: string, message: string, icon?: import("../shared/icons.js").IconName]>} */
const chips = {
  off: ["", "indexOff"],
  notAllowed: ["warn", "notAllowedChip", "alert"],
  trouble: ["bad", "indexTrouble", "alert"],
  paused: ["warn", "indexPaused", "clock"],
  filling: ["active", "indexFilling", "retry"],
  idle: ["good", "indexIdle", "check"],
  waiting: ["warn", "indexWaiting", "clock"],
  soon: ["active", "indexSoon", "clock"],
};

/** @param {Shown} shown */
function state(shown) {
  const [colour, message, sign] = chips[standing(shown)];
  return chip(colour, t(message), sign);
}

/** Done of total, what is left, of when it is, and when it goes on. @param {Shown} shown */
function progressPart(shown) {
  const { profile, view, progress } = shown;
  const { done, total, callsLeft, millisLeft, asOf, wakeAt, calls, bytes, failed } = progress;
  const now = Date.now();
  const runs = view.paused.includes(profile.id) || wakeAt === 0 || !profile.permitted ? "" : t("indexNext", wakeAt > now ? when(wakeAt, now) : t("indexNow"));
  const facts = [
    asOf ? t("indexAsOf", age(asOf, now)) : t("indexNotYet"),
    view.filling.includes(profile.id) ? "" : runs,
    calls ? t("indexToday", tn("requests", calls), size(bytes)) : "",
    view.status.bytes ? t("indexStored", size(view.status.bytes)) : "",
  ].filter(Boolean);
  return html`<div class="progress">
    <progress max=${Math.max(total, 1)} value=${asOf && !total ? 1 : done} aria-label=${t("indexProgress")}></progress>
    <p class="row small number" role="status">
      <span class="grow">${total ? objectsOf(profile.platform, done, total) : t("indexNothing")}${failed ? html` · <span class="warn-ink">${tn("indexFailed", failed)}</span>` : nothing}</span>
      ${callsLeft ? html`<span class="soft">${tn("callsLeft", callsLeft)}${millisLeft ? ` · ${t("timeLeft", duration(millisLeft))}` : ""}</span>` : nothing}
    </p>
    <p class="small soft number">${facts.join(" · ")}</p>
  </div>`;
}

/** What went wrong, and what to do. @param {Shown} shown */
function troubles({ profile, view, progress }) {
  const { on } = progress.settings;
  if (!on) return nothing;
  return html`
    ${view.damage && progress.asOf < view.damage.at ? html`<div data-damage>${notice("warn", html`<p>${view.damage.words}</p>`)}</div>` : nothing}
    ${view.trouble ? faultNotice(view.trouble) : nothing}
    ${progress.words ? html`<div data-words>${notice("warn", html`<p>${progress.words}</p>`)}</div>` : nothing}
    ${profile.permitted ? nothing : html`<p class="small">${t("indexNotAllowed", profile.host)}</p>`}
  `;
}

/** @param {Shown} shown */
function actions(shown) {
  const { options, profile, view, progress } = shown;
  const { id } = profile;
  const busy = options.tasks.busy(taskOf(id));
  const filling = view.filling.includes(id);
  const due = view.paused.includes(id) || view.trouble !== null || (progress.wakeAt > 0 && progress.wakeAt <= Date.now());
  return html`<div class="row wrap">
    ${
      filling
        ? html`<button type="button" class="button" data-action="index-stop" ?disabled=${busy} @click=${() => act(shown, "index.stop", t("waitIndexStop"))}>
          ${t("stop")}
        </button>`
        : progress.settings.on
          ? html`<button
            type="button"
            class="button"
            data-action="index-fill"
            ?disabled=${busy || !due || !profile.permitted}
            title=${due ? "" : t("indexNotDue")}
            @click=${() => act(shown, "index.fill", t("waitIndexFill"))}
          >
            ${icon("retry")}${t("fillNow")}
          </button>`
          : nothing
    }
    <button type="button" class="button" data-action="index-check" ?disabled=${busy} @click=${() => check(shown)}>${t("check")}</button>
    <button type="button" class="button plain" data-action="index-empty" ?disabled=${busy} @click=${() => empty(shown)}>${icon("trash")}${t("empty")}</button>
  </div>`;
}

/** What the last check said. @param {Shown} shown */
function checked({ options, profile, view }) {
  const last = options.checked;
  // What was checked is not what is there after a change.
  if (!last || last.profileId !== profile.id || last.bytes !== view.status.bytes) return nothing;
  return html`<div role="status" data-checked=${last.problem === ""}>
    ${notice(last.problem ? "bad" : "good", html`<p>${last.problem || t("indexSound")}</p>`)}
  </div>`;
}

/**
 * @param {Shown} shown
 * @param {FillSettings} settings
 */
async function save({ options, profile }, settings) {
  const view = await options.tasks.run(taskOf(profile.id), t("waitSave"), () => ask("index.set", { profileId: profile.id, settings }));
  options.budgets.delete(profile.id);
  if (view) options.index = view;
  options.draw();
}

/**
 * A budget is kept here until the index is switched on.
 *
 * @param {Shown} shown
 * @param {FillSettings} settings
 */
function changeBudget(shown, settings) {
  if (shown.progress.settings.on) return void save(shown, settings);
  shown.options.budgets.set(shown.profile.id, settings);
  shown.options.draw();
}

/**
 * @param {Shown} shown
 * @param {"index.fill" | "index.stop" | "index.empty"} verb
 * @param {string} words
 */
async function act({ options, profile }, verb, words) {
  options.checked = null;
  const view = await options.tasks.run(taskOf(profile.id), words, () => ask(verb, { profileId: profile.id }));
  if (view) options.index = view;
  options.draw();
}

/** @param {Shown} shown */
async function check({ options, profile, view }) {
  options.checked = null;
  const found = await options.tasks.run(taskOf(profile.id), t("waitIndexCheck"), () => ask("index.verify", {}));
  if (found) options.checked = { profileId: profile.id, problem: found.problem, bytes: (options.index ?? view).status.bytes };
  options.draw();
}

/** @param {Shown} shown */
async function empty(shown) {
  const yes = await confirmed(shown.options.arm, {
    title: t("emptyIndexTitle", shown.profile.name),
    words: t("emptyIndexWords"),
    yes: t("emptyIndexYes"),
  });
  if (yes) await act(shown, "index.empty", t("waitIndexEmpty"));
}
