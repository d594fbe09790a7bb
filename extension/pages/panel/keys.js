// What the keys do. Single letters, so they are silent while something is typed.

/**
 * @typedef {"next" | "previous" | "keep" | "copy" | "copyLive" | "unfold" | "reveal" | "filter" | "help"
 *   | "indicators" | "report" | "related"} Command
 */

/** @type {Record<string, Command>} */
const commands = {
  j: "next",
  k: "previous",
  x: "keep",
  c: "copy",
  C: "copyLive",
  o: "unfold",
  r: "reveal",
  "/": "filter",
  "?": "help",
  1: "indicators",
  2: "report",
  3: "related",
};

/** For the list of keys: key and the message that explains it. @type {[key: string, message: string][]} */
export const explained = [
  ["j", "keyNext"],
  ["k", "keyPrevious"],
  ["x", "keyKeep"],
  ["c", "keyCopy"],
  ["C", "keyCopyLive"],
  ["o", "keyUnfold"],
  ["r", "keyReveal"],
  ["/", "keyFilter"],
  ["1 2 3", "keyTabs"],
  ["?", "keyHelp"],
];

/**
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, isComposing: boolean }} event
 * @param {boolean} typing whether the focus is where text is typed
 * @returns {Command | undefined}
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, isComposing }, typing) {
  if (typing || ctrlKey || metaKey || altKey || isComposing) return undefined;
  return Object.hasOwn(commands, key) ? commands[key] : undefined;
}

/**
 * The key of the list's item after a step.
 *
 * @param {string[]} keys
 * @param {string} current "" when none is current
 * @param {1 | -1} by
 * @returns {string} "" when the list is empty; the ends hold
 */
export function step(keys, current, by) {
  const at = keys.indexOf(current);
  const to = at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(Math.max(at + by, 0), keys.length - 1);
  return keys[to] ?? "";
}

/** Whether text is typed into this element. @param {EventTarget | null} target */
export function takesText(target) {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
