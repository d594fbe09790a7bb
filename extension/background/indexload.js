// Hands the stored index to a new instance of the core, before the first call that
// reads it: a preview does not wait for it.

/** @typedef {import("../types/core.js").Methods} Methods */
/** @typedef {import("../types/core.js").FillSettings} FillSettings */
/** @typedef {import("./indexstore.js").IndexStore} IndexStore */
/** @typedef {<M extends keyof Methods>(method: M, request: Methods[M][0]) => Promise<Methods[M][1]>} Call */

/** What the core takes for a manifest that is damaged. */
const unreadable = "?";

const encoder = new TextEncoder();

export class IndexLoader {
  /** Counts the times that an index was handed in: what an instance answered before is not that of the next. */
  loads = 0;
  /** The names of the stored segments that the present instance knows. @type {Set<string>} */
  segments = new Set();
  /** Ids of profiles that are no more and of which something was stored. @type {string[]} */
  orphans = [];
  /** How many times in a row the instance ended while it was handed in. */
  #ended = 0;
  #store;
  #now;

  /**
   * @param {Pick<IndexStore, "contents" | "segment" | "plan">} store
   * @param {() => Promise<string[]>} profileIds of all profiles
   * @param {() => number} [now]
   */
  constructor(store, profileIds, now = Date.now) {
    this.#store = store;
    this.profileIds = profileIds;
    this.#now = now;
  }

  /**
   * @param {Call} call reaches the new instance, and only that
   */
  async load(call) {
    this.loads++; // first: whoever commits after this is too late, whoever did before is read
    const { manifest, states, segments } = await this.#store.contents();
    this.segments = new Set(segments);
    if (states.length === 0 && segments.length === 0 && manifest === "") return;
    // An index on which two instances ended is not given to a third.
    const poisoned = this.#ended >= 2;
    this.#ended++;
    let lost = manifest === null || (manifest === "" && segments.length > 0) || poisoned;
    if (lost) this.segments = new Set(); // no list names them any more: the next change takes them away
    else for (const name of segments) await this.#put(call, name);
    const known = new Set(await this.profileIds());
    this.orphans = states.map(({ profileId }) => profileId).filter((id) => !known.has(id));
    const readable = states.filter(({ state }) => state !== null);
    const opened = await call("index.open", {
      manifest: lost ? unreadable : (manifest ?? unreadable),
      states: readable.map(({ profileId, state }) => ({ profileId, state: state ?? "" })),
    });
    for (const { profileId, state, settings } of states) {
      if (state !== null || !known.has(profileId)) continue;
      lost = true;
      await this.#anew(call, profileId, settings);
    }
    this.#ended = 0;
    const words = opened.damage || (lost ? "A part of the index could not be opened. It was left out and is fetched again." : "");
    // Told before anything is answered out of what is left.
    if (words) await this.#store.plan({ damage: { at: this.#now(), words } });
    if (words || this.orphans.length > 0) await this.#store.plan({ wakeAt: this.#now() });
  }

  /**
   * @param {Call} call
   * @param {string} name
   */
  async #put(call, name) {
    const bytes = await this.#store.segment(name);
    if (!bytes) return; // the core misses it and says so
    const put = new Uint8Array(name.length + bytes.length);
    put.set(encoder.encode(name));
    put.set(bytes, name.length);
    await call("index.put", put);
  }

  /**
   * Begins a profile's index anew whose state was lost: the user's wish was not.
   *
   * @param {Call} call
   * @param {string} profileId
   * @param {FillSettings} settings
   */
  async #anew(call, profileId, settings) {
    try {
      await call("index.set", { profileId, settings });
      await call("index.clear", { profileId });
      await call("index.set", { profileId, settings });
    } catch {
      // Its platform cannot be indexed any more.
    }
  }
}
