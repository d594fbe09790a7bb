// Answers the messages of our own pages.

import { isOwnPage } from "../lib/browser.js";
import { faultOf, makeFault } from "../lib/faults.js";
import { route } from "./route.js";
import { verbs } from "./verbs.js";

/** @typedef {import("./route.js").Handler} Handler */

/**
 * The listener of runtime.onMessage.
 *
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {(reply: unknown) => void} respond
 * @returns {boolean} true when respond will be called; it keeps the background alive until then
 */
export function answer(message, sender, respond) {
  const handler = route(message, isOwnPage(sender), verbs);
  if (handler === "silent") return false;
  reply(handler, message).then(respond);
  return true;
}

/**
 * @param {Handler | "unknown"} handler
 * @param {unknown} message
 */
async function reply(handler, message) {
  try {
    if (handler === "unknown") {
      return {
        ok: false,
        fault: makeFault("invalid", "Sightline does not know this request.", { todo: "Close this page and open it anew." }),
      };
    }
    return { ok: true, value: await handler(message) };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown) };
  }
}
