// How our own pages (popup, panel, options) speak with the background.
//
//   const state = await ask("state");
//   const item = await ask("draft.submit", { draft, hash });
//
// The verbs and their answers are in types/messages.d.ts.

import { api, isBackground } from "./browser.js";
import { FaultError, makeFault } from "./faults.js";

/** @typedef {import("../types/messages.js").Verbs} Verbs */
/** @typedef {import("../types/messages.js").Verb} Verb */
/** @typedef {import("../types/messages.js").Changed} Changed */

/** Verbs that may be asked twice without harm when the first question found nobody. */
const repeatable = new Set(["state"]);

/**
 * Asks the background.
 *
 * @template {Verb} V
 * @param {V} verb
 * @param {Verbs[V][0]} [params] absent where the verb takes none
 * @returns {Promise<Verbs[V][1]>} rejected with a FaultError, whose .fault is for people
 */
export async function ask(verb, params) {
  /** @type {import("../types/messages.js").Reply<V> | undefined} */
  let reply;
  try {
    reply = await api.runtime.sendMessage({ ...params, verb });
  } catch (cause) {
    // The background was stopped between the question and the answer, or this
    // page outlived an update of the extension.
    if (!repeatable.has(verb)) throw new FaultError(unanswered(cause));
    reply = await api.runtime.sendMessage({ ...params, verb }).catch(
      /** @param {unknown} again */ (again) => {
        throw new FaultError(unanswered(again));
      },
    );
  }
  if (!reply) throw new FaultError(unanswered(undefined));
  if (!reply.ok) throw new FaultError(reply.fault);
  return reply.value;
}

/**
 * Calls back whenever something changed; ask for "state" then.
 *
 * @param {(what: Changed["what"]) => void} callback
 * @param {AbortSignal} [signal] ends the listening
 */
export function onChanged(callback, signal) {
  /** @type {(message: unknown, sender: chrome.runtime.MessageSender) => undefined} */
  const listener = (message, sender) => {
    // Content scripts can send messages too, and they are the page: a forged
    // "changed" would only make us draw again, but as often as the page likes.
    if (!isBackground(sender) || !isChanged(message)) return;
    callback(message.what);
  };
  api.runtime.onMessage.addListener(listener);
  signal?.addEventListener("abort", () => api.runtime.onMessage.removeListener(listener), { once: true });
}

/**
 * @param {unknown} message
 * @returns {message is Changed}
 */
function isChanged(message) {
  return typeof message === "object" && message !== null && Reflect.get(message, "event") === "changed";
}

/** @param {unknown} cause */
function unanswered(cause) {
  return makeFault("internal", "Sightline's background did not answer.", {
    kept: "What was saved before is still there.",
    todo: "Try again. If Sightline was updated, close this page and open it anew.",
    detail: cause instanceof Error ? cause.message.slice(0, 500) : "",
  });
}
