// Which of the page's indicators the user keeps: all but those that are held back,
// until they say otherwise. Only the exceptions are remembered.

/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */

export class Choice {
  /** Keys of indicators that are not held back and were dropped. @type {Set<string>} */
  #dropped;
  /** Keys of indicators that are held back and were kept all the same. @type {Set<string>} */
  #added;

  /** @param {{ dropped?: string[], added?: string[] }} [stored] */
  constructor({ dropped = [], added = [] } = {}) {
    this.#dropped = new Set(dropped);
    this.#added = new Set(added);
  }

  /** @param {Indicator} indicator */
  keeps({ key, held }) {
    return held === "" ? !this.#dropped.has(key) : this.#added.has(key);
  }

  /**
   * @param {Indicator} indicator
   * @param {boolean} keep
   */
  set({ key, held }, keep) {
    const exceptions = held === "" ? this.#dropped : this.#added;
    const isException = held === "" ? !keep : keep;
    if (isException) exceptions.add(key);
    else exceptions.delete(key);
  }

  /** @param {Indicator[]} indicators */
  kept(indicators) {
    return indicators.filter((indicator) => this.keeps(indicator));
  }

  /** What the constructor takes. */
  stored() {
    return { dropped: [...this.#dropped], added: [...this.#added] };
  }
}
