// A stage for end-to-end tests: a screen, the servers, the sample pages, and
// Chromium with the extension, profiles set up through its own options page.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { addProfile, stellarProfile, trustarProfile } from "./analyst.mjs";
import { openChromium } from "./chromium.mjs";
import { openDesktop } from "./desktop.mjs";
import { root, startPages, startSandbox, startStation } from "./servers.mjs";

/**
 * Sets the stage. Everything that it opened is closed by strike(), whatever happened.
 * @param {{ made?: Record<string, string>, profiles?: boolean, apiVersion?: string, cases?: number, extension?: string }} options made: pages by path; cases: how many the sandbox holds; extension: another folder than ours
 */
export async function setStage({ made = {}, profiles = true, apiVersion = "1.3", cases = 800, extension } = {}) {
  if (!existsSync(join(root, "extension/wasm/core.wasm"))) throw new Error("extension/wasm/core.wasm is absent: run make wasm");
  const opened = [];
  const keep = (thing, close) => (opened.push(close), thing);
  const strike = async () => {
    for (const close of opened.reverse()) await close().catch((error) => console.error("while closing:", error.message));
  };
  try {
    const [station, sandbox, pages, desktop] = await Promise.all([startStation(), startSandbox({ cases }), startPages(made), openDesktop()]);
    keep(station, () => station.stop());
    keep(sandbox, () => sandbox.stop());
    keep(pages, () => pages.stop());
    keep(desktop, () => desktop.close());
    const chromium = await openChromium({ desktop, extension });
    keep(chromium, () => chromium.close());
    const stage = { station, sandbox, pages, desktop, chromium, strike, ids: {} };
    if (profiles) {
      const options = await chromium.open(chromium.url("pages/options/options.html"));
      stage.ids.trustar = await addProfile(desktop, options, "trustar", trustarProfile(station, { apiVersion }));
      // The same host on another port: browsers grant hosts, so nothing is asked again.
      stage.ids.stellar = await addProfile(desktop, options, "stellarcyber", stellarProfile(sandbox), { prompts: false });
      stage.options = options;
    }
    return stage;
  } catch (error) {
    await strike();
    throw error;
  }
}

/** Asks the sandbox's own door, which no page can reach. */
export async function askSandbox(sandbox, path, { method = "GET", body } = {}) {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    headers: { "sandbox-admin": "1", "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`sandbox ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
