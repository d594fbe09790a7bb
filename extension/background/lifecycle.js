// The life of the core: one instance, made at the first call and kept.
//
// An instance that exited, or from which anything but a Fault came out, is never used
// again: after a stack overflow Go runs on with a broken heap. The next call gets a
// new one.

import { FaultError, makeFault } from "../lib/faults.js";

/** @typedef {import("../types/core.js").Methods} Methods */
/** @typedef {import("../types/core.js").Profile} Profile */

/** What the wasm side publishes as globalThis.sightlineCore. */
/** @typedef {{ call(method: string, request: Uint8Array, id?: string): Promise<Uint8Array>, cancel(id: string): void }} Border */
/** @typedef {{ border: Border, ended: Promise<never>, dead: boolean }} Instance */

/** Must equal bridge.Protocol. */
const protocol = 1;

/** What a call that asks no network may take, milliseconds. */
const watchdog = 30_000;

/** Methods that touch nothing but memory: they are watched, and repeated once in a new instance. */
const pure = new Set([
  "hello",
  "configure",
  "origin",
  "preview",
  "draft",
  "check",
  "freeze",
  "outbox.claim",
  "outbox.retry",
  "outbox.park",
  "outbox.recover",
  "index.status",
  "index.set",
  "index.clear",
  "index.verify",
]);

/** Methods that read the index. They wait until the instance has what is stored of it; a preview does not. */
const indexed = new Set(["related", "index.status", "index.set", "index.fill", "index.clear", "index.verify"]);

/** Methods that ask nothing of a profile. The others wait until the core has them: the disk and the vault are slow. */
const unconfigured = new Set(["hello", "configure", "origin", "preview", "outbox.claim", "outbox.retry", "outbox.park", "outbox.recover"]);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Core {
  /** @type {Promise<Instance> | null} */
  #instance = null;
  /** The instance that was told the profiles, and when. @type {{ instance: Instance, done: Promise<unknown> } | null} */
  #configured = null;
  /** The instance that was given the stored index, and when. @type {{ instance: Instance, done: Promise<unknown> } | null} */
  #loaded = null;
  #start;
  #profiles;
  #load;

  /**
   * @param {() => Promise<Instance>} start makes an instance
   * @param {() => Promise<Profile[]>} profiles what it is configured with, secrets included
   * @param {(call: import("./indexload.js").Call) => Promise<void>} [load] hands the stored index to a new instance
   */
  constructor(start, profiles, load = async () => {}) {
    this.#start = start;
    this.#profiles = profiles;
    this.#load = load;
  }

  /**
   * Calls a method of core/bridge.
   *
   * @template {keyof Methods} M
   * @param {M} method
   * @param {Methods[M][0]} request
   * @param {AbortSignal} [signal] ends the call; it is then rejected with kind "cancelled"
   * @returns {Promise<Methods[M][1]>} rejected with a FaultError
   */
  async call(method, request, signal) {
    for (let attempt = 1; ; attempt++) {
      const instance = await this.#ready();
      let begun = false;
      try {
        if (!unconfigured.has(method)) await this.#configure(instance);
        if (indexed.has(method)) await this.#index(instance);
        begun = true;
        return await exchange(instance, method, request, signal);
      } catch (thrown) {
        if (!instance.dead) throw thrown;
        this.#instance = null;
        if ((begun && !pure.has(method)) || attempt === 2) throw thrown;
      }
    }
  }

  /** Makes the instance now, so that it is there when the text is. */
  warm() {
    this.#ready().catch(() => {}); // the call that follows reports it
  }

  /** Hands in the profiles again after a change; an instance that has none yet reads them when it needs them. */
  async reconfigure() {
    const known = this.#configured;
    if (!known) return;
    await known.done.catch(() => {}); // what was read before the change must not come after it
    if (this.#configured !== known) return;
    this.#configured = null;
    await this.#configure(known.instance).catch((cause) => {
      if (!known.instance.dead) throw cause; // the next instance reads them by itself
    });
  }

  /** @param {Instance} instance */
  async #configure(instance) {
    if (this.#configured?.instance !== instance) {
      this.#configured = { instance, done: this.#profiles().then((profiles) => exchange(instance, "configure", { profiles })) };
    }
    const mine = this.#configured;
    await mine.done.catch((cause) => {
      if (this.#configured === mine) this.#configured = null; // the next call tries again
      throw cause;
    });
  }

  /** @param {Instance} instance */
  async #index(instance) {
    if (this.#loaded?.instance !== instance) {
      this.#loaded = { instance, done: this.#load((method, request) => exchange(instance, method, request)) };
    }
    const mine = this.#loaded;
    await mine.done.catch((cause) => {
      if (this.#loaded === mine) this.#loaded = null; // the next call tries again
      throw cause;
    });
  }

  /** @returns {Promise<Instance>} */
  #ready() {
    this.#instance ??= this.#begin()
      .catch(() => this.#begin()) // once more: memory may have been short
      .catch((cause) => {
        this.#instance = null;
        throw cause instanceof FaultError ? cause : new FaultError(broken(cause));
      });
    return this.#instance;
  }

  async #begin() {
    const instance = await this.#start();
    const hello = await exchange(instance, "hello", { protocol });
    if (hello.protocol !== protocol) throw new Error(`core.wasm speaks protocol ${hello.protocol}, not ${protocol}`);
    return instance;
  }
}

let calls = 0;

/**
 * One call, raced against the end of the instance, so that nothing waits for the dead.
 *
 * @template {keyof Methods} M
 * @param {Instance} instance
 * @param {M} method
 * @param {Methods[M][0]} request
 * @param {AbortSignal} [signal]
 * @returns {Promise<Methods[M][1]>}
 */
async function exchange(instance, method, request, signal) {
  const id = String(++calls);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const cancel = () => instance.border.cancel(id);
  try {
    /** @type {Promise<never>[]} */
    const ends = [instance.ended];
    if (pure.has(method)) {
      ends.push(
        new Promise((_, reject) => {
          timer = setTimeout(() => reject(new Error(`no answer to ${method} within ${watchdog} ms`)), watchdog);
        }),
      );
    }
    signal?.throwIfAborted();
    signal?.addEventListener("abort", cancel, { once: true });
    // A segment of the index is bytes, everything else is JSON.
    const bytes = request instanceof Uint8Array ? request : encoder.encode(JSON.stringify(request));
    const answer = await Promise.race([instance.border.call(method, bytes, id), ...ends]);
    return method === "index.segment" ? answer : JSON.parse(decoder.decode(answer));
  } catch (thrown) {
    if (signal?.aborted) throw new FaultError(makeFault("cancelled", "Stopped."));
    const fault = faultIn(thrown);
    if (fault) throw new FaultError(fault);
    instance.dead = true;
    throw new FaultError(broken(thrown));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

/**
 * The bridge.Fault that an Error of the core carries.
 *
 * @param {unknown} thrown
 * @returns {import("../types/core.js").Fault | null}
 */
function faultIn(thrown) {
  const text = thrown instanceof Error ? Reflect.get(thrown, "fault") : undefined;
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {unknown} cause */
function broken(cause) {
  return makeFault("internal", "Sightline's core failed.", {
    kept: "Drafts and reports are safe.",
    todo: "Try again with less text; if it happens again, report it with the detail below.",
    detail: (cause instanceof Error ? cause.message : String(cause)).slice(0, 500),
  });
}
