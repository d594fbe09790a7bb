// What a person does on Sightline's own surfaces, and what a person reads there.
import { answerPrompt } from "./chromium.mjs";
import { sleep, until } from "./process.mjs";

/** Empties a field and types into it. */
async function fill(page, selector, text) {
  await page.locator(selector).wait();
  await page.$eval(selector, (field) => field.select?.());
  await page.focus(selector);
  await page.keyboard.press("Backspace");
  await page.keyboard.type(text);
}

/**
 * Fills the form of a new profile on the options page, up to the point of saving.
 * @param {"trustar" | "stellarcyber" | "threatstack"} platform
 */
export async function fillProfile(options, platform, { name, baseUrl, identity, secret, apiVersion, orgId, webUrl = "" }) {
  await options.bringToFront();
  await options.locator(`[data-add="${platform}"]`).click();
  await options.locator(`[data-form="${platform}"]`).wait();
  if (apiVersion) await options.select("#apiVersion", apiVersion);
  await fill(options, "#name", name);
  await fill(options, "#baseUrl", baseUrl);
  if (identity) await fill(options, "#identity", identity);
  await fill(options, "#secret", secret);
  if (orgId) await fill(options, "#orgId", orgId);
  if (webUrl) await fill(options, "#webUrl", webUrl);
  await options.locator("[data-origin]").wait();
}

/** Adds a profile and answers the browser's permission prompt. */
export async function addProfile(desktop, options, platform, profile, { allow = true, prompts = true, photograph } = {}) {
  await fillProfile(options, platform, profile);
  await options.locator('[data-action="save"]:not([disabled])').click();
  if (prompts) {
    await sleep(1200);
    photograph?.();
    await answerPrompt(desktop, allow);
  }
  return until(`the profile ${profile.name} to be listed`, () =>
    options.evaluate((name) => [...document.querySelectorAll("[data-profile]")].find((card) => card.textContent.includes(name))?.dataset.profile, profile.name),
  );
}

export const trustarProfile = (station, { secret = station.apiSecret, apiVersion = "1.3" } = {}) => ({
  name: "Station",
  baseUrl: station.url,
  identity: station.apiKey,
  secret,
  apiVersion,
});

export const stellarProfile = (sandbox) => ({
  name: "Stellar Cyber",
  baseUrl: sandbox.url,
  identity: sandbox.user,
  secret: sandbox.refreshToken,
});

export const threatStackProfile = ({ threatstack }, { apiVersion = "2", baseUrl = threatstack.url } = {}) => ({
  name: `Threat Stack ${apiVersion}`,
  baseUrl,
  identity: apiVersion === "2" ? threatstack.userId : "",
  secret: threatstack.apiKey,
  orgId: threatstack.organizationId,
  apiVersion,
});

/** Tries a saved profile; answers what the page says of it. */
export async function testProfile(options, id) {
  await options.bringToFront();
  await options.locator(`[data-profile="${id}"] [data-action="test"]`).click();
  return until("the test's words", () =>
    options.evaluate((profile) => {
      const card = document.querySelector(`[data-profile="${profile}"]`);
      const found = card.querySelector("[data-test], [data-fault]");
      return found && { ok: found.hasAttribute("data-test"), kind: found.dataset.fault ?? "", words: found.textContent.replace(/\s+/g, " ").trim() };
    }, id),
    { timeout: 30_000 },
  );
}

/** What the panel lists: every indicator's key, ticked or not, held back or not. */
export const listed = (panel) =>
  panel.evaluate(() =>
    [...document.querySelectorAll("[data-key]")].map((row) => ({ key: row.dataset.key, kept: row.dataset.kept === "true", held: row.dataset.held })),
  );

/** Waits until the panel shows the answer of a preview. */
export async function waitForPreview(panel, { timeout = 15_000 } = {}) {
  await panel.waitForSelector("[data-total]", { timeout });
  return panel.$eval("[data-total]", (line) => ({ total: Number(line.dataset.total), held: Number(line.dataset.held), words: line.textContent.replace(/\s+/g, " ").trim() }));
}

/** Shows one of the panel's views. */
export async function showView(panel, view) {
  await panel.locator(`#tab-${view}`).click();
  await panel.waitForSelector(`#tab-${view}[aria-selected="true"]`);
}

/** Ticks one enclave of the draft by its name, and waits until the draft may be filed. */
export async function chooseEnclave(panel, name) {
  await panel.locator('[data-field="enclaveIds"]').wait();
  await until(`the enclave ${name}`, () =>
    panel.evaluate((wanted) => {
      const choice = [...document.querySelectorAll("[data-enclave]")].find((label) => label.textContent.includes(wanted));
      const box = choice?.querySelector("input");
      if (!box || box.disabled) return false;
      if (!box.checked) box.click();
      return true;
    }, name),
  );
}

/** Waits until the panel says that the draft is saved and may be filed. */
export const waitForFileable = (panel) => panel.waitForSelector('[data-action="submit"]:not([disabled])', { timeout: 15_000 });

/** Files the draft; the button is inert for its first half second on purpose. */
export async function submit(panel) {
  await waitForFileable(panel);
  const hash = await panel.$eval("[data-sent]", (section) => section.dataset.sent);
  const bytes = await panel.$eval("[data-bytes]", (text) => text.textContent);
  await sleep(700);
  await panel.locator('[data-action="submit"]').click();
  return { hash, bytes };
}

/** The newest entry of the outbox as the panel shows it, once it is in one of the given states. */
export const outboxEntry = (panel, states, { timeout = 20_000, title = "" } = {}) =>
  until(
    `an outbox entry that is ${states.join(" or ")}`,
    () =>
      panel.evaluate(
        (wanted, named) => {
          const card = [...document.querySelectorAll("[data-item]")].find((entry) => !named || entry.textContent.includes(named));
          if (!card || !wanted.includes(card.dataset.state)) return null;
          return {
            id: card.dataset.item,
            state: card.dataset.state,
            words: card.textContent.replace(/\s+/g, " ").trim(),
            reportId: card.querySelector("[data-report-id]")?.textContent ?? "",
          };
        },
        states,
        title,
      ),
    { timeout },
  );

/** Asks the platforms and waits until every source has said something. */
export async function lookUp(panel, { timeout = 60_000 } = {}) {
  await showView(panel, "related");
  if (!(await panel.$("[data-source]"))) await panel.locator('[data-action="look-up"]:not([disabled])').click();
  return waitForRelated(panel, { timeout });
}

/** Unfolds what the panel does not draw at first: long lists, and weak matches. */
async function unfoldResults(panel) {
  const more = () =>
    panel.evaluate(() => {
      const weak = document.querySelector("details[data-weak]:not([open])");
      const button = document.querySelector('[data-action="all-results"], [data-action="all-weak"]');
      if (weak) weak.open = true;
      else button?.click();
      return Boolean(weak ?? button);
    });
  while (await more()) await sleep(50); // until it is drawn
}

/** What the panel shows of an answer, weak matches included. */
export async function waitForRelated(panel, { timeout = 60_000 } = {}) {
  await panel.waitForSelector("[data-source]", { timeout });
  await unfoldResults(panel);
  return panel.evaluate(() => ({
    sources: [...document.querySelectorAll("[data-source]")].map((source) => ({ state: source.dataset.state, words: source.textContent.replace(/\s+/g, " ").trim() })),
    results: [...document.querySelectorAll("[data-result]")].map((card) => ({ id: card.dataset.result, kind: card.dataset.kind, words: card.textContent.replace(/\s+/g, " ").trim() })),
    coverage: document.querySelector("[data-coverage]")?.textContent.replace(/\s+/g, " ").trim() ?? "",
    complete: document.querySelector("[data-coverage]")?.dataset.complete === "true",
  }));
}
