// Tells our open pages that something changed.

import { api } from "../lib/browser.js";

/** @typedef {import("../types/messages.js").Changed} Changed */

/** @param {Changed["what"]} what */
export function announce(what) {
  /** @type {Changed} */
  const message = { event: "changed", what };
  // Rejected when no page is open; nobody has to be told then.
  api.runtime.sendMessage(message).catch(() => {});
}
