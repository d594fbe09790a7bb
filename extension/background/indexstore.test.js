import assert from "node:assert/strict";
import { test } from "node:test";
import { upgrade } from "../lib/database.js";
import { openBytesWith, sealBytesWith } from "../lib/vault.js";
import { IndexStore } from "./indexstore.js";

/**
 * A store in memory with transactions that are kept whole or not at all, and the real
 * sealing under a key of its own.
 */
async function world() {
  let key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  /** @type {Map<string, any>} */
  let records = new Map();
  /** @type {any} */
  const log = { writes: 0, fail: false };
  const request = (/** @type {unknown} */ result) => {
    /** @type {any} */
    const made = { result };
    queueMicrotask(() => made.onsuccess?.());
    return made;
  };
  /** @type {any} */
  const ports = {
    /** @param {string[]} _ @param {string} mode @param {(store: any) => any} body */
    async transact(_, mode, body) {
      const copy = new Map(records);
      const store = () => ({
        getAllKeys: () => request([...copy.keys()]),
        get: (/** @type {string} */ name) => request(structuredClone(copy.get(name))),
        put: (/** @type {unknown} */ value, /** @type {string} */ name) => request(copy.set(name, structuredClone(value))),
        delete: (/** @type {string} */ name) => request(copy.delete(name)),
      });
      const result = await body(store);
      if (mode === "readwrite") {
        log.writes++;
        if (log.fail) throw new Error("no room");
        records = copy;
      }
      return result;
    },
    seal: (/** @type {string} */ owner, /** @type {string} */ field, /** @type {any} */ bytes) => sealBytesWith(key, owner, field, bytes),
    unseal: (/** @type {string} */ owner, /** @type {string} */ field, /** @type {any} */ sealed) => openBytesWith(key, owner, field, sealed).catch(() => null),
  };
  return {
    store: new IndexStore(ports),
    log,
    records: () => records,
    loseKey: async () => (key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])),
  };
}

const on = { on: true, days: 0, cases: 0, calls: 0, bytes: 0 };
const agenda = { wakeAt: 7, paused: [], damage: null };
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const first = {
  written: [{ name: "segment-00000001", bytes: bytes("evil.example in case 7") }],
  segments: new Set(["segment-00000001"]),
  manifest: "bWFuaWZlc3Q=",
  states: [{ profileId: "p1", state: "fill1 https://soc.example", settings: on }],
  agenda,
};

test("what was put there comes back, and no plain text of it is stored", async () => {
  const { store, records } = await world();
  await store.replace(first);
  assert.deepEqual(await store.contents(), {
    manifest: first.manifest,
    states: [{ profileId: "p1", state: "fill1 https://soc.example", settings: on }],
    segments: ["segment-00000001"],
  });
  assert.deepEqual(await store.segment("segment-00000001"), first.written[0]?.bytes);
  assert.deepEqual(await store.agenda(), agenda);
  assert.deepEqual(await store.settings("p1"), on);
  assert.equal(await store.settings("p2"), null);
  for (const [key, value] of records()) {
    const sealed = value.sealed ?? value;
    const text = key + Buffer.from(sealed.data ?? "").toString("latin1");
    for (const secret of ["evil.example", "soc.example", "bWFu"]) assert.ok(!text.includes(secret), `${key} shows ${secret}`);
  }
});

test("a change is one transaction: what is no more goes with it, and when it fails nothing has changed", async () => {
  const { store, log, records } = await world();
  await store.replace(first);
  const before = log.writes;
  const next = {
    written: [{ name: "segment-00000002", bytes: bytes("b") }],
    segments: new Set(["segment-00000002"]),
    manifest: "",
    states: [{ profileId: "p2", state: "fill1", settings: on }],
    agenda,
  };
  log.fail = true;
  await assert.rejects(store.replace(next));
  assert.deepEqual([...records().keys()].sort(), ["agenda", "manifest", "segment segment-00000001", "state p1"]);
  log.fail = false;
  await assert.rejects(
    store.replace(next, () => {
      throw new Error("overtaken");
    }),
    /overtaken/,
  );
  assert.deepEqual([...records().keys()].sort(), ["agenda", "manifest", "segment segment-00000001", "state p1"]);
  await store.replace(next);
  assert.equal(log.writes, before + 2);
  assert.deepEqual([...records().keys()].sort(), ["agenda", "manifest", "segment segment-00000002", "state p2"]);
});

test("an empty index leaves nothing but when to go on", async () => {
  const { store, records } = await world();
  await store.replace(first);
  await store.replace({ written: [], segments: new Set(), manifest: "ZW1wdHk=", states: [], agenda: { ...agenda, wakeAt: 0 } });
  assert.deepEqual([...records().keys()], ["agenda"]);
});

test("what cannot be opened any more is told from what is not there", async () => {
  const { store, loseKey } = await world();
  assert.deepEqual(await store.contents(), { manifest: "", states: [], segments: [] });
  assert.equal(await store.segment("segment-00000001"), null);
  await store.replace(first);
  await loseKey();
  assert.deepEqual(await store.contents(), { manifest: null, states: [{ profileId: "p1", state: null, settings: on }], segments: ["segment-00000001"] });
  assert.equal(await store.segment("segment-00000001"), null);
});

test("a sealed segment opens under its own name alone", async () => {
  const { store, records } = await world();
  await store.replace(first);
  records().set("segment segment-00000009", records().get("segment segment-00000001"));
  assert.equal(await store.segment("segment-00000009"), null);
});

test("a plan changes what it names and nothing else", async () => {
  const { store } = await world();
  await store.plan({ paused: ["p1"] });
  await store.plan({ wakeAt: 9 });
  assert.deepEqual(await store.agenda(), { wakeAt: 9, paused: ["p1"], damage: null });
});

test("each version of the database is reached from each before it", () => {
  const made = (/** @type {number} */ from) => {
    /** @type {string[]} */
    const stores = [];
    upgrade(/** @type {any} */ ({ createObjectStore: (/** @type {string} */ name) => stores.push(name) }), from);
    return stores;
  };
  assert.deepEqual(made(0), ["drafts", "outbox", "profiles", "keys", "passages", "index"]);
  assert.deepEqual(made(1), ["index"], "what was there before is left alone");
  assert.deepEqual(made(2), []);
});
