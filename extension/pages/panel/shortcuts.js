// Carries out what the keys command.

import { copyText, reveal } from "./actions.js";
import { drawnOrder, sift } from "./filter.js";
import { openHelp } from "./help.js";
import { commandOf, step, takesText } from "./keys.js";

/** @typedef {import("./model.js").Model} Model */

/** @param {Model} model */
export function listenToKeys(model) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const command = commandOf(event, takesText(event.target));
    if (!command || !run(model, command)) return;
    event.preventDefault();
  });
}

/**
 * @param {Model} model
 * @param {import("./keys.js").Command} command
 * @returns {boolean} whether there was something to do
 */
function run(model, command) {
  switch (command) {
    case "help":
      openHelp();
      return true;
    case "indicators":
    case "report":
    case "related":
      model.show(command);
      return true;
    default:
      if (model.view === "related") return runInResults(command);
      return model.view === "indicators" && runInList(model, command);
  }
}

/** Up and down the results, and their reasons. @param {import("./keys.js").Command} command */
function runInResults(command) {
  const cards = [...document.querySelectorAll("[data-result]")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  if (command === "next" || command === "previous") {
    const to = cards[Number(step(Array.from(cards.keys(), String), at < 0 ? "" : String(at), command === "next" ? 1 : -1))];
    if (!(to instanceof HTMLElement)) return false;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
    return true;
  }
  const why = cards[at]?.querySelector("[data-why]");
  if (command !== "unfold" || !(why instanceof window.HTMLDetailsElement)) return false;
  why.open = !why.open;
  return true;
}

/**
 * @param {Model} model
 * @param {import("./keys.js").Command} command
 */
function runInList(model, command) {
  if (command === "filter") {
    document.getElementById("filter")?.focus();
    return true;
  }
  if (command === "next" || command === "previous") {
    const keys = drawnOrder(sift(model.indicators, model), model.heldOpen);
    goTo(model, step(keys, model.current, command === "next" ? 1 : -1));
    return true;
  }
  const indicator = model.indicators.find(({ key }) => key === model.current);
  if (!indicator) return false;
  switch (command) {
    case "keep":
      model.keep([indicator], !model.choice.keeps(indicator));
      return true;
    case "copy":
      void copyText(model, indicator.defanged);
      return true;
    case "copyLive":
      void copyText(model, indicator.value);
      return true;
    case "reveal":
      void reveal(model, indicator);
      return true;
    case "unfold":
      if (!model.open.delete(indicator.key)) model.open.add(indicator.key);
      model.draw();
      return true;
    default:
      return false;
  }
}

/**
 * Makes an indicator the current one and brings it into sight.
 *
 * @param {Model} model
 * @param {string} key
 */
function goTo(model, key) {
  const indicator = model.indicators.find((candidate) => candidate.key === key);
  if (!indicator) return;
  model.current = key;
  // It may stand behind "show more".
  if (!rowOf(key)) model.full.add(indicator.held ? "held" : indicator.type);
  model.draw();
  // Drawing is done in a microtask that was queued before this one.
  queueMicrotask(() => {
    const row = rowOf(key);
    row?.scrollIntoView({ block: "nearest" });
    const box = row?.querySelector("input");
    if (box instanceof HTMLElement) box.focus({ preventScroll: true });
  });
}

/** @param {string} key */
const rowOf = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
