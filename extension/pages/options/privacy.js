// What leaves the browser, and when.

import { html } from "../../vendor/lit-html/lit-html.js";
import { t } from "../shared/i18n.js";

/** @param {import("../../types/messages.js").State} state */
export function privacyPart({ profiles }) {
  const hosts = [...new Set(profiles.map(({ host }) => host))];
  return html`<section class="part" aria-labelledby="privacy-title">
    <h2 id="privacy-title">${t("privacy")}</h2>
    <p class="soft">${t("privacyWords")}</p>
    <dl class="privacy">
      ${["Preview", "Related", "Index", "Report", "Test", "Never"].map(
        (when) => html`<div>
          <dt>${t(`privacy${when}`)}</dt>
          <dd>${t(`privacy${when}Words`)}</dd>
        </div>`,
      )}
      <div>
        <dt>${t("privacyHosts")}</dt>
        <dd>${hosts.length ? hosts.map((host) => html`<code>${host}</code> `) : t("privacyNoHosts")}</dd>
      </div>
      <div>
        <dt>${t("privacySecrets")}</dt>
        <dd>${t("privacySecretsWords")}</dd>
      </div>
    </dl>
  </section>`;
}
