import assert from "node:assert/strict";
import { test } from "node:test";
import { IndexLoader } from "./indexload.js";

const on = { on: true, days: 0, cases: 0, calls: 0, bytes: 0 };

/**
 * @param {{ manifest?: string | null, states?: any[], segments?: Record<string, string | null>, profiles?: string[], damage?: string, dies?: boolean }} stored
 */
function world({ manifest = "bQ==", states = [], segments = {}, profiles = ["p1"], damage = "", dies = false }) {
  /** @type {any[]} */
  const calls = [];
  /** @type {any[]} */
  const plans = [];
  const store = {
    contents: async () => ({ manifest, states, segments: Object.keys(segments) }),
    segment: async (/** @type {string} */ name) => (segments[name] === null ? null : new TextEncoder().encode(segments[name] ?? "")),
    plan: async (/** @type {any} */ change) => void plans.push(change),
  };
  const loader = new IndexLoader(/** @type {any} */ (store), async () => profiles, () => 5);
  /** @type {any} */
  const call = async (/** @type {string} */ method, /** @type {any} */ request) => {
    calls.push([method, request instanceof Uint8Array ? new TextDecoder().decode(request) : request]);
    if (dies) throw new Error("core.wasm exited");
    return { status: {}, damage };
  };
  return { loader, call, calls, plans };
}

test("nothing stored: the core is not bothered", async () => {
  const { loader, call, calls } = world({ manifest: "" });
  await loader.load(call);
  assert.deepEqual(calls, []);
  assert.equal(loader.loads, 1);
});

test("segments go first, under their names, then the manifest with the states", async () => {
  const { loader, call, calls, plans } = world({
    states: [{ profileId: "p1", state: "s", settings: on }],
    segments: { "segment-00000001": "one", "segment-00000002": "two" },
  });
  await loader.load(call);
  assert.deepEqual(calls, [
    ["index.put", "segment-00000001one"],
    ["index.put", "segment-00000002two"],
    ["index.open", { manifest: "bQ==", states: [{ profileId: "p1", state: "s" }] }],
  ]);
  assert.deepEqual([...loader.segments], ["segment-00000001", "segment-00000002"]);
  assert.deepEqual(plans, []);
});

test("a segment that is lost: the core misses it, and its words are kept for the user", async () => {
  const { loader, call, calls, plans } = world({ segments: { "segment-00000001": null }, damage: "A part was damaged." });
  await loader.load(call);
  assert.deepEqual(calls.map(([method]) => method), ["index.open"]);
  assert.deepEqual(plans, [{ damage: { at: 5, words: "A part was damaged." } }, { wakeAt: 5 }]);
});

for (const [name, manifest] of /** @type {[string, string | null][]} */ ([["cannot be opened", null], ["is gone", ""]])) {
  test(`a manifest that ${name}: opened as damaged, never as empty`, async () => {
    const { loader, call, calls, plans } = world({ manifest, states: [{ profileId: "p1", state: "s", settings: on }], segments: { "segment-00000001": "one" } });
    await loader.load(call);
    assert.deepEqual(calls, [["index.open", { manifest: "?", states: [{ profileId: "p1", state: "s" }] }]]);
    assert.match(plans[0].damage.words, /fetched again/);
    assert.deepEqual([...loader.segments], [], "what no list names goes with the next change");
  });
}

test("a state that cannot be opened: the user's wish stands, and the profile begins anew", async () => {
  const { loader, call, calls, plans } = world({ states: [{ profileId: "p1", state: null, settings: on }] });
  await loader.load(call);
  assert.deepEqual(calls.slice(1), [
    ["index.set", { profileId: "p1", settings: on }],
    ["index.clear", { profileId: "p1" }],
    ["index.set", { profileId: "p1", settings: on }],
  ]);
  assert.match(plans[0].damage.words, /fetched again/);
});

test("what was stored of a profile that is no more is to be cleared", async () => {
  const { loader, call, plans } = world({ states: [{ profileId: "gone", state: "s", settings: on }] });
  await loader.load(call);
  assert.deepEqual(loader.orphans, ["gone"]);
  assert.deepEqual(plans, [{ wakeAt: 5 }]);
});

test("an index on which two instances ended is not given to a third", async () => {
  const { loader, call, calls } = world({ segments: { "segment-00000001": "one" }, dies: true });
  for (let i = 0; i < 3; i++) await assert.rejects(loader.load(call));
  assert.deepEqual(calls.map(([method]) => method), ["index.put", "index.put", "index.open"]);
  assert.equal(calls[2][1].manifest, "?");
});
