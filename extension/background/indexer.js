// Fills the index in slices. Go decides what is fetched (core/lookup), this carries it
// out: one slice at a time, what came of it on the disk before the next one begins.

import { faultOf, FaultError, makeFault } from "../lib/faults.js";

/** @typedef {import("../types/core.js").IndexResponse} IndexResponse */
/** @typedef {import("../types/core.js").IndexStatus} IndexStatus */
/** @typedef {import("../types/core.js").FillProgress} FillProgress */
/** @typedef {import("../types/core.js").FillSettings} FillSettings */
/** @typedef {import("../types/core.js").Fault} Fault */
/** @typedef {import("../types/messages.js").IndexView} IndexView */

/** How long a slice begins calls, milliseconds. What is not on the disk when the background is killed is fetched again. */
const sliceFor = 4_000;
/** When a slice was cut off by a death, the next one begins so much later at the latest, milliseconds. */
const rescue = 30_000;
/** What goes wrong here is tried again after so long, milliseconds. */
const retryAfter = 5 * 60_000;
/** The core may end so many times in a row before that. */
const patience = 3;

/**
 * @typedef {object} Ports
 * @property {Pick<import("./lifecycle.js").Core, "call">} core
 * @property {Pick<import("./indexstore.js").IndexStore, "replace" | "agenda" | "plan" | "settings">} store
 * @property {Pick<import("./indexload.js").IndexLoader, "loads" | "segments" | "orphans">} loader
 * @property {(profileId: string) => Promise<boolean>} permitted whether the profile's host may be reached
 * @property {(at: number) => Promise<void>} wake wakes the background from a time on until it is told another one, milliseconds since 1970; 0 takes it back
 * @property {() => void} changed tells our pages
 * @property {() => number} now
 */

export class Indexer {
  #ports;
  /** The last change. One follows the other: a stamp is told what became of its own changes. @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** The profiles of the slice under way, and what ends it. @type {{ ids: string[], stop: AbortController } | null} */
  #slice = null;
  /** The rounds under way. @type {Promise<number> | null} */
  #rounds = null;
  /** Why the last slice failed here, not at a platform. @type {Fault | null} */
  #trouble = null;
  /** How many slices in a row failed here. */
  #failures = 0;

  /** @param {Ports} ports */
  constructor(ports) {
    this.#ports = ports;
  }

  /** @returns {Promise<IndexView>} */
  async view() {
    const status = await this.#ports.core.call("index.status", {});
    return this.#seen(status);
  }

  /**
   * @param {string} profileId
   * @param {FillSettings} settings
   * @returns {Promise<IndexView>}
   */
  async set(profileId, settings) {
    this.interrupt();
    const status = await this.#change("index.set", { profileId, settings });
    if (settings.on) await this.#pause(profileId, false);
    await this.#schedule(status);
    return this.#seen(status);
  }

  /**
   * Empties what there is of a profile and switches it off.
   *
   * @param {string} profileId
   * @returns {Promise<IndexView>}
   */
  async empty(profileId) {
    this.interrupt();
    const status = await this.#change("index.clear", { profileId });
    await this.#pause(profileId, false);
    await this.#schedule(status);
    return this.#seen(status);
  }

  /** Ends the filling of a profile until it is told to go on. What has come is kept. @param {string} profileId @returns {Promise<IndexView>} */
  async stop(profileId) {
    await this.#pause(profileId, true);
    this.interrupt();
    const settings = await this.#ports.store.settings(profileId);
    if (settings) await this.#change("index.set", { profileId, settings }); // stores what has come
    const status = await this.#ports.core.call("index.status", {});
    await this.#schedule(status);
    return this.#seen(status);
  }

  /** Lets a profile that was stopped go on. @param {string} profileId */
  async goOn(profileId) {
    await this.#pause(profileId, false);
    this.#trouble = null;
  }

  /** Ends the slice under way: nobody waits for it, and what has come is not lost. */
  interrupt() {
    this.#slice?.stop.abort();
  }

  /**
   * Fills what is due, slice after slice, until nothing is; whoever comes meanwhile
   * waits for the same.
   *
   * @returns {Promise<number>} when something is due next, milliseconds since 1970; 0 is never
   */
  run() {
    this.#rounds ??= this.#fill().finally(() => {
      this.#rounds = null;
    });
    return this.#rounds;
  }

  async #fill() {
    for (;;) {
      const status = await this.#ports.core.call("index.status", {});
      for (const profileId of this.#ports.loader.orphans.splice(0)) await this.#change("index.clear", { profileId });
      const ids = (await this.#wanted(status)).filter(({ wakeAt }) => wakeAt <= this.#ports.now()).map(({ profileId }) => profileId);
      if (ids.length === 0) return this.#schedule(status);
      if (!(await this.#fillOnce(ids))) return this.#ports.now() + retryAfter;
    }
  }

  /**
   * One slice.
   *
   * @param {string[]} ids
   * @returns {Promise<boolean>} false when it failed here
   */
  async #fillOnce(ids) {
    const slice = { ids, stop: new AbortController() };
    this.#slice = slice;
    this.#ports.changed();
    try {
      await this.#ports.wake(this.#ports.now() + rescue);
      await this.#change("index.fill", { profileIds: ids, forMs: sliceFor, calls: 0 }, slice.stop.signal);
      this.#trouble = null;
      this.#failures = 0;
      return true;
    } catch (thrown) {
      if (slice.stop.signal.aborted) return true; // who stopped it looks after what has come
      const fault = faultOf(thrown);
      // What an instance took along when it ended is fetched again by the next.
      if (fault.kind !== "storage" && ++this.#failures < patience) return true;
      this.#failures = 0;
      this.#trouble = fault;
      const wakeAt = this.#ports.now() + retryAfter;
      await this.#ports.store.plan({ wakeAt }).catch(() => {}); // the alarm has it too
      await this.#ports.wake(wakeAt);
      return false;
    } finally {
      this.#slice = null;
      this.#ports.changed();
    }
  }

  /**
   * Makes a change and puts it on the disk.
   *
   * @template {"index.set" | "index.clear" | "index.fill"} M
   * @param {M} method
   * @param {import("../types/core.js").Methods[M][0]} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<IndexStatus>}
   */
  #change(method, request, signal) {
    const change = this.#last.then(async () => {
      const response = await this.#ports.core.call(method, request, signal);
      await this.#commit(response);
      return response.status;
    });
    this.#last = change.catch(() => {}); // told to who asked for it
    return change;
  }

  /** @param {IndexResponse} response */
  async #commit({ status, changes }) {
    const { core, store, loader } = this.#ports;
    const { loads } = loader;
    const written = [];
    for (const { name } of changes.written) written.push({ name, bytes: new Uint8Array(await core.call("index.segment", { name })) });
    const segments = new Set([...loader.segments, ...changes.written.map(({ name }) => name)]);
    for (const name of changes.deleted) segments.delete(name);
    const settings = new Map(status.profiles.map((progress) => [progress.profileId, progress.settings]));
    const { paused, damage } = await store.agenda();
    const next = {
      written,
      segments,
      manifest: changes.manifest,
      states: changes.states.map(({ profileId, state }) => ({ profileId, state, settings: settings.get(profileId) ?? off })),
      agenda: {
        wakeAt: (await this.#wanted(status, paused)).reduce(earlier, 0),
        paused: paused.filter((id) => settings.has(id)),
        damage: damage && status.profiles.some(({ settings: { on }, asOf }) => on && asOf < damage.at) ? damage : null,
      },
    };
    await store.replace(next, () => {
      // An instance that ended has taken its changes along: the next one reads the disk as it was.
      if (loads !== loader.loads) throw lostInstance();
    });
    loader.segments = segments;
    await core.call("index.committed", { stamp: changes.stamp });
  }

  /**
   * The profiles that are to be filled at some time: switched on, not stopped, and the
   * browser lets us reach them.
   *
   * @param {IndexStatus} status
   * @param {string[]} [paused]
   */
  async #wanted({ profiles }, paused) {
    const stopped = paused ?? (await this.#ports.store.agenda()).paused;
    const wanted = [];
    for (const progress of profiles) {
      const { profileId, settings, wakeAt } = progress;
      if (settings.on && wakeAt > 0 && !stopped.includes(profileId) && (await this.#ports.permitted(profileId))) wanted.push(progress);
    }
    return wanted;
  }

  /**
   * Has the background woken when something is due.
   *
   * @param {IndexStatus} status
   */
  async #schedule(status) {
    const { wakeAt: planned, paused } = await this.#ports.store.agenda();
    const wakeAt = (await this.#wanted(status, paused)).reduce(earlier, 0);
    if (wakeAt !== planned) await this.#ports.store.plan({ wakeAt });
    await this.#ports.wake(wakeAt);
    this.#ports.changed();
    return wakeAt;
  }

  /**
   * @param {string} profileId
   * @param {boolean} stopped
   */
  async #pause(profileId, stopped) {
    const { paused } = await this.#ports.store.agenda();
    const others = paused.filter((id) => id !== profileId);
    if (others.length === paused.length && !stopped) return;
    await this.#ports.store.plan({ paused: stopped ? [...others, profileId] : others });
  }

  /**
   * @param {IndexStatus} status
   * @returns {Promise<IndexView>}
   */
  async #seen(status) {
    const { paused, damage } = await this.#ports.store.agenda();
    return { status, paused, damage, trouble: this.#trouble, filling: this.#slice?.ids ?? [] };
  }
}

/** @type {FillSettings} */
const off = { on: false, days: 0, cases: 0, calls: 0, bytes: 0 };

/** @param {number} earliest @param {FillProgress} progress */
const earlier = (earliest, { wakeAt }) => (earliest === 0 || wakeAt < earliest ? wakeAt : earliest);

const lostInstance = () => new FaultError(makeFault("stale", "The core was made anew.", { kept: "What was stored of the index before is there." }));
