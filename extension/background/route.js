// Who may ask what.
//
// Three kinds of sender exist: our own pages, content scripts, and strangers. Content
// scripts are the page: a broken renderer can speak in their name. So they may ask
// nothing at all, and what they have to say comes as the result of their injection.
// Strangers (other extensions, web pages) have no listener here.

/** @typedef {(ask: any) => unknown} Handler */

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
