import assert from "node:assert/strict";
import { test } from "node:test";
import { FaultError, makeFault } from "../lib/faults.js";
import { Indexer } from "./indexer.js";

const on = { on: true, days: 0, cases: 0, calls: 0, bytes: 0 };
const off = { ...on, on: false };

/**
 * A core that has so many slices to do, a store in memory, and a clock that stands.
 *
 * @param {{ slices?: number, profiles?: string[], permitted?: (id: string) => boolean, failAt?: number, onFill?: (signal: AbortSignal | undefined) => unknown }} [options]
 */
function world({ slices = 3, profiles = ["p1"], permitted = () => true, failAt = 0, onFill = () => {} } = {}) {
  /** What the core has in memory: it is gone with the instance. @type {any} */
  let core;
  /** @type {any} */
  const disk = { manifest: "", segments: new Map(), states: new Map(), agenda: { wakeAt: 0, paused: [], damage: null } };
  /** @type {any} */
  const log = { fills: [], wakes: [], committed: 0, running: 0, most: 0, slices };
  let steps = 0;
  let fails = true;
  const step = () => {
    if (++steps === failAt && fails) throw new FaultError(makeFault("internal", `step ${steps} failed`));
  };
  const loader = { loads: 0, segments: new Set(), orphans: /** @type {string[]} */ ([]) };
  const start = () => {
    loader.loads++;
    loader.segments = new Set(disk.segments.keys());
    core = { stamp: 0, next: disk.segments.size, done: new Map(disk.states), segments: new Set(disk.segments.keys()), fresh: new Map(), onDisk: new Set(disk.segments.keys()) };
  };
  start();
  const status = () => ({
    objects: 0,
    postings: 0,
    bytes: 0,
    segments: 0,
    wakeAt: 0,
    profiles: profiles.map((profileId) => {
      const { settings = off, done = 0 } = core.done.get(profileId) ?? {};
      return { profileId, settings, done, total: log.slices, phase: "", asOf: done >= log.slices ? 9 : 0, wakeAt: !settings.on ? 0 : done < log.slices ? 100 : 500 };
    }),
  });
  const response = () => ({
    status: status(),
    changes: {
      stamp: ++core.stamp,
      states: [...core.done].map(([profileId, state]) => ({ profileId, state: JSON.stringify(state) })),
      manifest: core.fresh.size || core.onDisk.size !== core.segments.size ? JSON.stringify([...core.segments]) : "",
      written: [...core.fresh.keys()].map((name) => ({ name, bytes: 1 })),
      deleted: [...core.onDisk].filter((name) => !core.segments.has(name)),
    },
  });
  /** @type {any} */
  const methods = {
    "index.status": status,
    "index.set": (/** @type {any} */ { profileId, settings }) => {
      core.done.set(profileId, { done: 0, ...core.done.get(profileId), settings });
      return response();
    },
    "index.clear": (/** @type {any} */ { profileId }) => {
      core.done.delete(profileId);
      core.segments.clear();
      core.fresh.clear();
      return response();
    },
    "index.fill": async (/** @type {any} */ { profileIds }, /** @type {AbortSignal} */ signal) => {
      log.fills.push(profileIds);
      log.most = Math.max(log.most, ++log.running);
      try {
        await onFill(signal);
      } finally {
        log.running--;
      }
      for (const id of profileIds) core.done.get(id).done++;
      const name = `segment ${core.next++}`;
      core.segments.add(name);
      core.fresh.set(name, `holds slice ${core.done.get(profileIds[0]).done}`);
      if (signal?.aborted) throw new FaultError(makeFault("cancelled", "Stopped."));
      return response();
    },
    "index.segment": (/** @type {any} */ { name }) => {
      if (!core.fresh.has(name)) throw new FaultError(makeFault("invalid", "no such segment"));
      return new TextEncoder().encode(core.fresh.get(name));
    },
    "index.committed": (/** @type {any} */ { stamp }) => {
      if (stamp !== core.stamp) return {};
      log.committed++;
      core.fresh.clear();
      core.onDisk = new Set(core.segments);
      return {};
    },
  };
  /** @type {any} */
  const store = {
    agenda: async () => disk.agenda,
    plan: async (/** @type {any} */ change) => void (disk.agenda = { ...disk.agenda, ...change }),
    settings: async (/** @type {string} */ id) => disk.states.get(id)?.settings ?? null,
    replace: async (/** @type {any} */ { written, segments, manifest, states, agenda }, /** @type {() => void} */ stillValid) => {
      step();
      stillValid();
      for (const { name, bytes } of written) disk.segments.set(name, new TextDecoder().decode(bytes));
      for (const name of disk.segments.keys()) if (!segments.has(name)) disk.segments.delete(name);
      if (manifest) disk.manifest = manifest;
      disk.states = new Map(states.map((/** @type {any} */ one) => [one.profileId, JSON.parse(one.state)]));
      disk.agenda = agenda;
      step();
    },
  };
  const indexer = new Indexer({
    core: {
      /** @param {any} method @param {any} request @param {AbortSignal} [signal] @returns {Promise<any>} */
      async call(method, request, signal) {
        step();
        return methods[method](request, signal);
      },
    },
    store,
    loader: /** @type {any} */ (loader),
    permitted: async (id) => permitted(id),
    wake: async (at) => void log.wakes.push(at),
    changed: () => {},
    now: () => 200,
  });
  /** The instance is gone with all that it knew; from here on nothing fails. */
  const restart = () => {
    fails = false;
    start();
  };
  return { indexer, disk, log, loader, restart, reached: () => steps };
}

/** Resolves when a slice was told to end. @param {AbortSignal | undefined} signal */
const ended = (signal) => new Promise((resolve) => (signal?.aborted ? resolve(null) : signal?.addEventListener("abort", resolve)));

/** What is on the disk is whole: the manifest names what is there, and each slice is there once. @param {any} disk */
function assertWhole(disk) {
  const named = JSON.parse(disk.manifest || "[]");
  assert.deepEqual([...disk.segments.keys()].sort(), [...named].sort());
  const done = disk.states.get("p1")?.done ?? 0;
  assert.deepEqual([...disk.segments.values()].sort(), Array.from({ length: done }, (_, i) => `holds slice ${i + 1}`));
}

test("nothing is filled that is off; what is on is filled slice by slice, each on the disk before the next", async () => {
  const { indexer, disk, log } = world();
  assert.equal(await indexer.run(), 0);
  assert.deepEqual(log.fills, []);
  await indexer.set("p1", on);
  assert.equal(await indexer.run(), 500, "when it is due next");
  assert.equal(log.fills.length, 3);
  assert.equal(log.committed, 4, "the switch, and each slice");
  assertWhole(disk);
  assert.equal(disk.agenda.wakeAt, 500);
  assert.equal(log.wakes.at(-1), 500);
});

test("an alarm is set before each slice, so that a death in it is no end", async () => {
  const { indexer, log } = world({ slices: 2, onFill: () => assert.equal(log.wakes.at(-1), 200 + 30_000) });
  await indexer.set("p1", on);
  await indexer.run();
  assert.equal(log.fills.length, 2);
});

test("whoever runs meanwhile waits for the same slices", async () => {
  const { indexer, log } = world();
  await indexer.set("p1", on);
  await Promise.all([indexer.run(), indexer.run(), indexer.run()]);
  assert.equal(log.fills.length, 3);
  assert.equal(log.most, 1);
});

test("the permission is asked for before each slice", async () => {
  let left = 2;
  const { indexer, log } = world({ permitted: () => left > 0, onFill: () => left-- });
  await indexer.set("p1", on);
  assert.equal(await indexer.run(), 0, "never, until it is permitted");
  assert.equal(log.fills.length, 2);
  assert.equal(log.wakes.at(-1), 0);
});

test("stopped in a slice: what came is stored, and nothing more is fetched until it is told to go on", async () => {
  /** @type {any} */
  let stopped = null;
  const one = world({ onFill: async (signal) => (stopped ??= one.indexer.stop("p1"), await ended(signal)) });
  const { indexer, disk, log } = one;
  await indexer.set("p1", on);
  assert.equal(await indexer.run(), 0);
  const view = await stopped;
  assert.deepEqual(view.paused, ["p1"]);
  assert.equal(log.fills.length, 1);
  assertWhole(disk);
  assert.equal(disk.states.get("p1").done, 1, "it was told with the next change");
  assert.equal(await indexer.run(), 0);
  assert.equal(log.fills.length, 1);
  await indexer.goOn("p1");
  assert.deepEqual((await indexer.view()).paused, []);
});

test("switched off or emptied while a slice runs: the slice ends first", async () => {
  for (const act of /** @type {const} */ (["set", "empty"])) {
    /** @type {any} */
    let done = null;
    const one = world({
      onFill: async (signal) => {
        done ??= act === "set" ? one.indexer.set("p1", off) : one.indexer.empty("p1");
        await ended(signal);
      },
    });
    await one.indexer.set("p1", on);
    await one.indexer.run();
    await done;
    assert.equal(one.log.fills.length, 1, act);
    assert.equal(one.disk.states.get("p1")?.settings.on ?? false, false);
    assertWhole(one.disk);
    assert.equal(one.disk.segments.size, act === "empty" ? 0 : 1);
  }
});

test("the rest of a profile that is no more is cleared by the next run", async () => {
  const { indexer, disk, log, loader } = world();
  await indexer.set("p1", on);
  await indexer.run();
  loader.orphans = ["p1"];
  log.slices = 0;
  await indexer.run();
  assert.equal(disk.segments.size, 0);
  assert.equal(disk.states.size, 0);
});

test("an instance that ended between answer and commit takes its changes along; the next one fetches them again", async () => {
  let deaths = 1;
  const one = world({ onFill: () => deaths-- > 0 && setTimeout(one.restart) });
  await one.indexer.set("p1", on);
  await one.indexer.run();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await one.indexer.run();
  assertWhole(one.disk);
  assert.equal(one.disk.states.get("p1").done, 3);
});

test("a store that keeps nothing: told, tried again later, and no slice after slice", async () => {
  const full = new FaultError(makeFault("storage", "The browser has no room left."));
  const { indexer, disk, log } = world({ onFill: () => Promise.reject(full) });
  await indexer.set("p1", on);
  assert.equal(await indexer.run(), 200 + 5 * 60_000);
  assert.equal(log.fills.length, 1);
  assert.equal((await indexer.view()).trouble?.kind, "storage");
  assert.equal(log.wakes.at(-1), 200 + 5 * 60_000);
  assert.equal(disk.agenda.wakeAt, 200 + 5 * 60_000);
});

test("a core that ends again and again is given up for a while", async () => {
  const { indexer, log } = world({ onFill: () => Promise.reject(new FaultError(makeFault("internal", "core.wasm exited"))) });
  await indexer.set("p1", on);
  await indexer.run();
  assert.equal(log.fills.length, 3);
  assert.equal((await indexer.view()).trouble?.kind, "internal");
  await indexer.goOn("p1");
  assert.equal((await indexer.view()).trouble, null, "the user may try at once");
});

test("whichever step fails or is the last before a death, the disk stays whole and the next life completes it", async () => {
  for (let failAt = 1; ; failAt++) {
    const one = world({ failAt });
    await one.indexer
      .set("p1", on)
      .then(() => one.indexer.run())
      .catch(() => {});
    assertWhole(one.disk);
    const beyond = one.reached() < failAt;
    one.restart();
    await one.indexer.set("p1", on);
    await one.indexer.run();
    assertWhole(one.disk);
    assert.equal(one.disk.states.get("p1").done, 3, `step ${failAt}`);
    if (!beyond) continue;
    assert.ok(failAt > 20, "every step was reached");
    return;
  }
});
