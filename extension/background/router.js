// Who may ask what.
//
// Three kinds of sender exist: our own pages, content scripts, and strangers. Content
// scripts are the page: a broken renderer can speak in their name. So they may ask
// nothing at all, and what they have to say comes as the result of their injection.
// Strangers (other extensions, web pages) have no listener here.

import { isOwnPage } from "../lib/browser.js";
import { faultOf, makeFault } from "../lib/faults.js";
import { verbs } from "./verbs.js";

/** @typedef {(ask: any) => unknown} Handler */

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
 * Decides which handler answers a message; pure.
 *
 * @param {unknown} message
 * @param {boolean} own whether one of our own pages sent it
 * @param {Record<string, Handler>} table
 * @returns {Handler | "unknown" | "silent"} "silent" gives a sender nothing to go by
 */
export function route(message, own, table) {
  if (!own || typeof message !== "object" || message === null) return "silent";
  const verb = Reflect.get(message, "verb");
  if (typeof verb !== "string") return "silent"; // e.g. our own "changed", heard by another context
  return (Object.hasOwn(table, verb) && table[verb]) || "unknown";
}

/**
 * @param {Handler | "unknown"} handler
 * @param {unknown} message
 */
async function reply(handler, message) {
  try {
    if (handler === "unknown") {
      return { ok: false, fault: makeFault("invalid", "Sightline does not know this request.", { todo: "Close this page and open it anew." }) };
    }
    return { ok: true, value: await handler(message) };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown) };
  }
}
