// The browser's permission to reach a host.

import { api } from "../../lib/browser.js";

/**
 * Asks the user, through the browser, to let us reach a host.
 *
 * Must be called in the very task of a click: after one await the browsers see no
 * gesture any more. So the pattern must be known beforehand.
 *
 * @param {string} pattern as profile.origin gave it
 * @returns {Promise<boolean>} whether it was granted; it is if it already was
 */
export function requestAccess(pattern) {
  return api.permissions.request({ origins: [pattern] }).catch(() => false);
}

/** Opens the options page, or goes to it. */
export const openOptions = () => void api.runtime.openOptionsPage();
