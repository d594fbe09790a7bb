// The draft while it is being written: saved at every pause and whenever the page
// may go away, checked after each save.

import { faultOf } from "../../lib/faults.js";

/** A pause in typing, in milliseconds, after which the draft is saved. */
export const PAUSE = 500;

/** @typedef {import("../../types/core.js").Draft} Draft */
/** @typedef {import("../../types/core.js").CheckResponse} Check */
/** @typedef {import("../../types/core.js").Fault} Fault */
/**
 * @typedef {object} Port
 * @property {(draft: Draft) => Promise<{ savedAt: number }>} save
 * @property {(draft: Draft) => Promise<Check>} check
 * @property {() => void} changed called when something should be drawn again
 * @property {() => number} now milliseconds since 1970
 * @property {() => string} present the present time as a draft writes times
 */

export class Editor {
  /** @type {Draft | null} */ draft = null;
  /** The answer of the last check, of whichever edit. @type {Check | null} */ checked = null;
  /** When the last save was committed; 0 before the first. */ savedAt = 0;
  /** Why saving or checking failed. @type {Fault | null} */ fault = null;
  /** Counts edits, so that an answer about an older text is known as such. */ #edit = 0;
  #savedEdit = 0;
  #checkedEdit = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #port;

  /** @param {Port} port */
  constructor(port) {
    this.#port = port;
  }

  /** Takes a draft over from the background; another one than before replaces it. @param {Draft | null} draft */
  adopt(draft) {
    if (draft?.id === this.draft?.id) return;
    clearTimeout(this.#timer);
    this.draft = draft;
    this.checked = null;
    this.fault = null;
    this.savedAt = 0;
    this.#edit += 1;
    this.#savedEdit = this.#edit;
    this.#checkedEdit = -1;
    if (draft?.timeBegan === "") this.edit({});
    if (draft) void this.check();
  }

  /** @param {Partial<Draft>} fields */
  edit(fields) {
    if (!this.draft) return;
    const draft = { ...this.draft, ...fields, updatedAt: this.#port.now() };
    // Without a time the bytes would change with every second, and what is shown
    // could not be what is sent.
    this.draft = draft.timeBegan === "" ? { ...draft, timeBegan: this.#port.present() } : draft;
    this.#edit += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
    this.#port.changed();
  }

  /** Whether there are edits that are not on disk yet. */
  get dirty() {
    return this.#savedEdit !== this.#edit;
  }

  /** Whether the last check is of the text as it stands, and lets it be filed. */
  get fileable() {
    return (
      this.#checkedEdit === this.#edit &&
      this.checked !== null &&
      this.checked.problems.length === 0 &&
      this.checked.prepared.hash !== ""
    );
  }

  /** Whether the text as it stands has been checked. */
  get settled() {
    return this.#checkedEdit === this.#edit;
  }

  /** Saves now what is not saved yet, and checks it. */
  async flush() {
    clearTimeout(this.#timer);
    if (!this.draft || !this.dirty) return;
    const edit = this.#edit;
    const { id } = this.draft;
    try {
      const { savedAt } = await this.#port.save(this.draft);
      if (this.draft?.id !== id) return;
      this.savedAt = savedAt;
      this.#savedEdit = Math.max(this.#savedEdit, edit);
      this.fault = null;
    } catch (thrown) {
      // The edits stay dirty: the next pause, or leaving the field, tries again.
      this.fault = faultOf(thrown);
    }
    await this.check();
  }

  /** Asks what would be sent, as the text stands now. */
  async check() {
    if (!this.draft) return;
    const edit = this.#edit;
    try {
      const checked = await this.#port.check(this.draft);
      if (edit !== this.#edit) return;
      this.checked = checked;
      this.#checkedEdit = edit;
    } catch (thrown) {
      if (edit === this.#edit) this.fault = faultOf(thrown);
    }
    this.#port.changed();
  }
}
