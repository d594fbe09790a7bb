// Buttons that confirm something are inert until they have been in sight for half
// a second, and never answer an event that a script made.
//
// A page can place a decoy under the cursor and let our surface appear there
// between the two clicks of a double click.

/** Milliseconds between coming into sight and answering. */
export const DELAY = 500;

export class Arm {
  /** When each button came into sight. @type {WeakMap<Element, number>} */
  #since = new WeakMap();
  /** @type {WeakSet<Element>} */ #watched = new WeakSet();
  /** When the page itself came into sight. */
  #pageSince = performance.now();
  #sight = new window.IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#begin(target);
      else this.#end(target);
    }
  });

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible") return;
      this.#pageSince = performance.now();
      for (const button of document.querySelectorAll("[data-armed]")) this.#announce(button);
    });
  }

  /** Takes note of the buttons marked data-arm; call it after every drawing. @param {ParentNode} root */
  watch(root) {
    for (const button of root.querySelectorAll("[data-arm]")) {
      if (this.#watched.has(button)) continue;
      this.#watched.add(button);
      this.#sight.observe(button);
    }
  }

  /**
   * Wraps the handler of a button that confirms.
   *
   * @param {(event: Event) => void} handler
   * @returns {(event: Event) => void}
   */
  guard(handler) {
    return (event) => {
      const button = event.currentTarget;
      if (!event.isTrusted || !(button instanceof Element) || !this.ready(button)) return;
      handler(event);
    };
  }

  /** @param {Element} button */
  ready(button) {
    const since = this.#since.get(button);
    return since !== undefined && isArmed(Math.max(since, this.#pageSince), performance.now());
  }

  /** @param {Element} button */
  #begin(button) {
    if (this.#since.has(button)) return;
    this.#since.set(button, performance.now());
    this.#announce(button);
  }

  /** @param {Element} button */
  #end(button) {
    this.#since.delete(button);
    button.removeAttribute("data-armed");
  }

  /** Shows by data-armed when the button answers. @param {Element} button */
  #announce(button) {
    button.removeAttribute("data-armed");
    setTimeout(() => button.toggleAttribute("data-armed", this.ready(button)), DELAY + 1);
  }
}

/**
 * @param {number} since milliseconds
 * @param {number} now
 */
export const isArmed = (since, now) => now - since >= DELAY;
