// The index as it is stored: segments, manifest and states, each sealed in its place,
// and beside them, in the clear, what the browser must know without opening anything:
// what the user wants of each profile, and when to go on.

import { done, transact } from "../lib/database.js";
import { sealBytes, unsealBytes } from "../lib/vault.js";

/** @typedef {import("../types/core.js").FillSettings} FillSettings */
/** @typedef {import("../lib/vault.js").Sealed} Sealed */
/** @typedef {{ profileId: string, state: string | null, settings: FillSettings }} StoredState state is null when it can no longer be opened */

/**
 * What is to be done, and what the user should know. In the clear: no name, no
 * indicator.
 *
 * @typedef {object} Agenda
 * @property {number} wakeAt when to go on filling, milliseconds since 1970; 0 is never
 * @property {string[]} paused ids of the profiles that the user told to stop
 * @property {{ at: number, words: string } | null} damage the last that was found, until what was lost is there again
 */

/** @type {Agenda} */
const emptyAgenda = { wakeAt: 0, paused: [], damage: null };

const manifestKey = "manifest";
const agendaKey = "agenda";
const statePrefix = "state ";
const segmentPrefix = "segment ";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The parts that tests replace. */
const browser = { transact, seal: sealBytes, unseal: unsealBytes };

export class IndexStore {
  #ports;

  /** @param {typeof browser} [ports] */
  constructor(ports = browser) {
    this.#ports = ports;
  }

  /**
   * All but the segments' bytes.
   *
   * @returns {Promise<{ manifest: string | null, states: StoredState[], segments: string[] }>}
   *   manifest is "" when none is stored, null when it can no longer be opened
   */
  async contents() {
    const { keys, values } = await this.#ports.transact(["index"], "readonly", async (store) => {
      const index = store("index");
      const keys = (await done(index.getAllKeys())).map(String);
      // The segments are large: they come one by one.
      const small = keys.filter((key) => !key.startsWith(segmentPrefix));
      const values = await Promise.all(small.map(async (key) => /** @type {[string, any]} */ ([key, await done(index.get(key))])));
      return { keys, values: new Map(values) };
    });
    /** @type {StoredState[]} */
    const states = [];
    for (const [key, { sealed, settings }] of values) {
      if (!key.startsWith(statePrefix)) continue;
      states.push({ profileId: key.slice(statePrefix.length), state: await this.#text(key, sealed), settings });
    }
    const sealed = values.get(manifestKey);
    return {
      manifest: sealed ? await this.#text(manifestKey, sealed) : "",
      states,
      segments: keys.filter((key) => key.startsWith(segmentPrefix)).map((key) => key.slice(segmentPrefix.length)),
    };
  }

  /**
   * @param {string} name
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>} null when it is gone or can no longer be opened
   */
  async segment(name) {
    const key = segmentPrefix + name;
    /** @type {Sealed | undefined} */
    const sealed = await this.#ports.transact(["index"], "readonly", (store) => done(store("index").get(key)));
    return sealed ? this.#ports.unseal("index", key, sealed) : null;
  }

  /**
   * Puts an index in the place of the stored one, or of what has changed of it, in one
   * transaction. What is there beside it goes away.
   *
   * @param {object} next
   * @param {{ name: string, bytes: Uint8Array<ArrayBuffer> }[]} next.written
   * @param {Set<string>} next.segments the names of all, those of written included
   * @param {string} next.manifest "" keeps the stored one
   * @param {{ profileId: string, state: string, settings: FillSettings }[]} next.states all there are
   * @param {Agenda} next.agenda
   * @param {() => void} [stillValid] throws where that has been overtaken; called within the transaction
   */
  async replace({ written, segments, manifest, states, agenda }, stillValid = () => {}) {
    // Sealed before: a transaction does not wait for the vault.
    /** @type {[string, unknown][]} */
    const records = [[agendaKey, agenda]];
    for (const { name, bytes } of written) {
      const key = segmentPrefix + name;
      records.push([key, await this.#ports.seal("index", key, bytes)]);
    }
    if (manifest) records.push([manifestKey, await this.#ports.seal("index", manifestKey, encoder.encode(manifest))]);
    for (const { profileId, state, settings } of states) {
      const key = statePrefix + profileId;
      records.push([key, { sealed: await this.#ports.seal("index", key, encoder.encode(state)), settings }]);
    }
    const kept = new Set([manifestKey, agendaKey, ...states.map(({ profileId }) => statePrefix + profileId), ...[...segments].map((name) => segmentPrefix + name)]);
    if (states.length === 0 && segments.size === 0) kept.delete(manifestKey);
    await this.#ports.transact(["index"], "readwrite", async (store) => {
      const index = store("index");
      const there = await done(index.getAllKeys());
      stillValid();
      for (const key of there) if (!kept.has(String(key))) index.delete(key);
      for (const [key, value] of records) if (kept.has(key)) index.put(value, key);
    });
  }

  /** Whether anything is stored of a profile. @param {string} profileId @returns {Promise<FillSettings | null>} what the user wants of it, null when nothing is stored */
  async settings(profileId) {
    const record = await this.#ports.transact(["index"], "readonly", (store) => done(store("index").get(statePrefix + profileId)));
    return record?.settings ?? null;
  }

  /** @returns {Promise<Agenda>} */
  async agenda() {
    return { ...emptyAgenda, ...(await this.#ports.transact(["index"], "readonly", (store) => done(store("index").get(agendaKey)))) };
  }

  /** @param {Partial<Agenda>} change */
  async plan(change) {
    await this.#ports.transact(["index"], "readwrite", async (store) => {
      const index = store("index");
      index.put({ ...emptyAgenda, ...(await done(index.get(agendaKey))), ...change }, agendaKey);
    });
  }

  /**
   * @param {string} key
   * @param {Sealed} sealed
   */
  async #text(key, sealed) {
    const bytes = await this.#ports.unseal("index", key, sealed);
    return bytes && decoder.decode(bytes);
  }
}
