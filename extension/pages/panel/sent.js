// What will be sent: to which host, and exactly which bytes.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { requestAccess } from "../shared/access.js";
import { bytes } from "../shared/format.js";
import { t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { notice } from "../shared/parts.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {Model} model */
export function sentSection(model) {
  const { editor } = model;
  const prepared = editor.checked?.prepared;
  const ready = prepared && prepared.hash !== "" && editor.checked?.problems.length === 0;
  return html`<section class="section" aria-labelledby="sent-title" data-sent=${ready ? prepared.hash : ""}>
    <h2 id="sent-title">${t("sentTitle")}</h2>
    ${ready ? sent(prepared) : html`<p class="soft">${t("sentNotYet")}</p>`} ${access(model)}
  </section>`;
}

/** @param {import("../../types/core.js").Prepared} prepared */
function sent({ method, url, host, body, bytes: size, hash }) {
  return html`<dl class="facts">
      <div><dt>${t("sentTo")}</dt><dd class="mono strong wraps" data-host>${host}</dd></div>
      <div><dt>${t("sentSize")}</dt><dd class="number">${bytes(size)}</dd></div>
    </dl>
    <details class="exact">
      <summary>${icon("turn", "turn")}<span>${t("sentExact")}</span></summary>
      <p class="mono wraps">${method} ${url}</p>
      <pre class="bytes" tabindex="0" aria-label=${t("sentExact")} data-bytes>${body}</pre>
      <p class="small soft wraps">SHA-256 <span class="mono">${hash}</span></p>
    </details>`;
}

/** The browser may not let us reach the host yet. @param {Model} model */
function access(model) {
  const profile = model.state?.profiles.find(({ id }) => id === model.editor.draft?.profileId);
  if (!profile || profile.permitted) return nothing;
  return notice(
    "warn",
    html`<p>${t("notPermitted", profile.host)}</p>
      <div class="row">
        <button type="button" class="button small" data-action="grant" @click=${() => grant(model, profile.pattern)}>
          ${t("allowHost", profile.host)}
        </button>
      </div>`,
  );
}

/**
 * @param {Model} model
 * @param {string} pattern
 */
export async function grant(model, pattern) {
  const granted = await requestAccess(pattern);
  if (granted) model.forgetEnclaves();
  else model.say(t("notAllowed"));
  await model.refresh();
}
