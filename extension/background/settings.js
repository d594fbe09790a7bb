// The user's settings: no secrets, so storage.local may hold them.

import { api } from "../lib/browser.js";
import { announce } from "./announce.js";

/** @typedef {import("../types/messages.js").Settings} Settings */

/** Paint is off until it is asked for, because the page can notice it. @type {Settings} */
const defaults = { highlight: false };

/** @returns {Promise<Settings>} */
export async function read() {
  const { settings } = await api.storage.local.get("settings");
  return sanitize(settings);
}

/** @param {Settings} settings */
export async function save(settings) {
  await api.storage.local.set({ settings: sanitize(settings) });
  announce("settings");
}

/**
 * @param {unknown} stored what may come from an older version, or be damaged
 * @returns {Settings}
 */
function sanitize(stored) {
  const highlight = typeof stored === "object" && stored !== null ? Reflect.get(stored, "highlight") : undefined;
  return { highlight: typeof highlight === "boolean" ? highlight : defaults.highlight };
}
