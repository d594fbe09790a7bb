// Work that a page waits for: named, so that each place shows its own wait and
// its own fault, and so that starting it anew replaces what ran before.

import { faultOf } from "../../lib/faults.js";

/** A wait is shown after so many milliseconds; what is quicker shows nothing. */
export const PATIENCE = 200;

/** @typedef {import("../../types/core.js").Fault} Fault */
/** @typedef {{ words: string, since: number, shown: boolean, stop: () => void }} Wait */

export class Tasks {
  /** @type {Map<string, Wait>} */ #running = new Map();
  /** @type {Map<string, Fault>} */ #faults = new Map();
  #changed;

  /** @param {() => void} changed called whenever a page should draw itself again */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * Runs work and keeps its fault.
   *
   * @template T
   * @param {string} name
   * @param {string} words what is waited for
   * @param {() => Promise<T>} work
   * @param {() => void} [stopWork] makes the work itself stop; without it only the waiting stops
   * @returns {Promise<T | undefined>} undefined when it failed, was stopped, or was replaced
   */
  async run(name, words, work, stopWork) {
    this.#faults.delete(name);
    /** @type {Wait} */
    const wait = {
      words,
      since: Date.now(),
      shown: false,
      stop: () => {
        stopWork?.();
        this.#end(name, wait);
      },
    };
    this.#running.set(name, wait);
    this.#changed();
    const timer = setTimeout(() => {
      wait.shown = true;
      this.#changed();
    }, PATIENCE);
    try {
      const value = await work();
      return this.#running.get(name) === wait ? value : undefined;
    } catch (thrown) {
      if (this.#running.get(name) === wait) this.#faults.set(name, faultOf(thrown));
      return undefined;
    } finally {
      clearTimeout(timer);
      this.#end(name, wait);
    }
  }

  /** Whether it runs, shown or not. @param {string} name */
  busy(name) {
    return this.#running.has(name);
  }

  /** The wait that should be drawn, if it has lasted long enough. @param {string} name */
  wait(name) {
    const wait = this.#running.get(name);
    return wait?.shown ? wait : undefined;
  }

  /** How its last run failed. @param {string} name */
  fault(name) {
    return this.#faults.get(name);
  }

  /** @param {string} name */
  dismiss(name) {
    this.#faults.delete(name);
    this.#changed();
  }

  /**
   * @param {string} name
   * @param {Wait} wait
   */
  #end(name, wait) {
    if (this.#running.get(name) === wait) this.#running.delete(name);
    this.#changed();
  }
}
