// Drawing: at most once a task, however many things changed in it.

import { render } from "../../vendor/lit-html/lit-html.js";

/**
 * Makes a function that draws the page soon.
 *
 * A microtask rather than an animation frame: frames stand still in a page out of
 * sight, and the panel is often opened before it is looked at.
 *
 * @param {HTMLElement} root
 * @param {() => unknown} view what to draw
 * @param {() => void} [after] called after each drawing
 * @returns {() => void}
 */
export function screen(root, view, after) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      render(view(), root);
      after?.();
    });
  };
}

/** The element with this id, which the page's own markup must have. @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}
