import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame } from "./items.js";
import { drain } from "./sender.js";

const now = () => 1_000_000;

/** @param {string} id @param {object} [more] @returns {any} */
const item = (id, more) => ({
  id,
  profileId: "p1",
  state: "pending",
  reason: "",
  attempts: 0,
  retryAt: 0,
  createdAt: 1,
  updatedAt: 1,
  ...more,
});

/**
 * A store in memory, a core with the outbox's rules in small, and a platform that counts.
 *
 * @param {any[]} items
 * @param {{ permitted?: (id: string, asked: number) => "yes" | "no" | "gone", send?: (item: any) => any, failAt?: number }} [options]
 */
function world(items, { permitted = () => "yes", send = (one) => ({ ...one, state: "filed" }), failAt = 0 } = {}) {
  const store = new Map(items.map((one) => [one.id, one]));
  const sent = /** @type {string[]} */ ([]);
  let steps = 0;
  let asked = 0;
  let clock = 10;
  const step = () => {
    if (++steps === failAt) throw new Error(`step ${steps} failed`);
  };
  /** @type {any} */
  const methods = {
    "outbox.recover": ({ items: all }) => {
      const changed = all
        .filter((/** @type {any} */ one) => one.state === "sending")
        .map((/** @type {any} */ one) => ({ ...one, state: "pending", updatedAt: clock++ }));
      const current = all.map((/** @type {any} */ one) => changed.find((/** @type {any} */ other) => other.id === one.id) ?? one);
      const limited = current.filter((/** @type {any} */ one) => one.reason === "rate-limit" && one.retryAt > now());
      const waits = (/** @type {any} */ one) => limited.some((/** @type {any} */ other) => other.profileId === one.profileId);
      const due = current
        .filter((/** @type {any} */ one) => one.retryAt <= now() && !waits(one))
        .map((/** @type {any} */ one) => one.id);
      const later = current.map((/** @type {any} */ one) => one.retryAt).filter((/** @type {number} */ at) => at > now());
      return { items: changed, due, wakeAt: later.length ? Math.min(...later) : 0 };
    },
    "outbox.claim": ({ item: one }) => ({ item: { ...one, state: "sending", attempts: one.attempts + 1, updatedAt: clock++ } }),
    "outbox.park": ({ item: one, reason }) => ({ item: { ...one, state: "paused", reason, updatedAt: clock++ } }),
    "outbox.send": ({ item: one }) => {
      assert.equal(store.get(one.id).state, "sending", "the claim is committed before anything is sent");
      sent.push(one.id);
      return { item: { ...send(one), updatedAt: clock++ } };
    },
  };
  /** @type {any} */
  const ports = {
    list: async () => (step(), [...store.values()]),
    /** @param {any} expected @param {any} next */
    swap: async (expected, next) => {
      step();
      if (!isSame(store.get(expected.id), expected)) return false;
      store.set(next.id, next);
      return true;
    },
    core: { call: async (/** @type {string} */ method, /** @type {any} */ request) => (step(), methods[method](request)) },
    permitted: async (/** @type {string} */ id) => (step(), permitted(id, ++asked)),
  };
  return { ports, store, sent, steps: () => steps, heal: () => (failAt = 0) };
}

test("what is pending is claimed, sent and filed", async () => {
  const { ports, store, sent } = world([item("a"), item("b")]);
  assert.equal(await drain(ports), 0);
  assert.deepEqual(sent, ["a", "b"]);
  assert.deepEqual(
    [...store.values()].map(({ state, attempts }) => [state, attempts]),
    [
      ["filed", 1],
      ["filed", 1],
    ],
  );
});

test("an empty outbox does not wake the core", async () => {
  const { ports, steps } = world([item("a", { state: "filed" }), item("b", { state: "stopped" })]);
  await drain(ports);
  assert.equal(steps(), 1);
});

test("what the dead left is sent again", async () => {
  const { ports, store, sent } = world([item("a", { state: "sending", attempts: 1 })]);
  await drain(ports);
  assert.deepEqual(sent, ["a"]);
  assert.equal(store.get("a").state, "filed");
});

test("without permission nothing leaves", async () => {
  const { ports, store, sent } = world([item("a")], { permitted: () => "no" });
  await drain(ports);
  assert.deepEqual([sent, store.get("a").state, store.get("a").reason, store.get("a").attempts], [[], "paused", "permission", 0]);
});

test("a permission that goes between claim and send stops the send", async () => {
  const { ports, store, sent } = world([item("a")], { permitted: (_, asked) => (asked === 1 ? "yes" : "no") });
  await drain(ports);
  assert.deepEqual([sent, store.get("a").state], [[], "paused"]);
});

test("an item whose profile is gone waits for the user", async () => {
  const { ports, store } = world([item("a")], { permitted: () => "gone" });
  await drain(ports);
  assert.equal(store.get("a").reason, "profile");
});

test("one that is put off is tried once a round, and the round says when it is due", async () => {
  const { ports, sent } = world([item("a"), item("b")], {
    send: (one) => (one.id === "a" ? { ...one, state: "pending", retryAt: now() + 5000 } : { ...one, state: "filed" }),
  });
  assert.equal(await drain(ports), now() + 5000);
  assert.deepEqual(sent, ["a", "b"]);
});

test("a platform that asks to wait is asked nothing more, the others are", async () => {
  const { ports, store, sent } = world([item("a"), item("b"), item("c", { profileId: "p2" }), item("d")], {
    send: (one) =>
      one.id === "a" ? { ...one, state: "pending", reason: "rate-limit", retryAt: now() + 60_000 } : { ...one, state: "filed" },
  });
  assert.equal(await drain(ports), now() + 60_000);
  assert.deepEqual(sent, ["a", "c"]);
  assert.deepEqual([store.get("b").attempts, store.get("d").attempts], [0, 0], "what was not sent was not claimed");
});

test("one that fails at once again and again does not spin", async () => {
  const { ports, sent } = world([item("a")], { send: (one) => ({ ...one, state: "pending" }) });
  await drain(ports);
  assert.deepEqual(sent, ["a"]);
});

test("one that breaks the core does not hold up the others", async () => {
  const { ports, store } = world([item("a"), item("b")], {
    send: (one) => {
      if (one.id === "a") throw new Error("unreachable");
      return { ...one, state: "filed" };
    },
  });
  await drain(ports);
  // The next look read "a" as "outcome unknown"; it is tried again by the next round.
  assert.deepEqual([store.get("a").state, store.get("b").state], ["pending", "filed"]);
});

test("an item that was discarded while it was claimed is not sent", async () => {
  const { ports, store, sent } = world([item("a")], { permitted: (_, asked) => (asked === 1 && store.delete("a"), "yes") });
  await drain(ports);
  assert.deepEqual(sent, []);
});

// The n-th step fails, for every n: whatever is cut off, the next round files each
// item, and nothing is lost.
test("every step may fail once", async () => {
  for (let failAt = 1; ; failAt++) {
    const { ports, store, steps, heal } = world([item("a"), item("b", { state: "sending", attempts: 1 })], { failAt });
    await drain(ports).catch(() => {});
    const reached = steps() >= failAt;
    heal();
    await drain(ports);
    assert.deepEqual(
      [...store.values()].map(({ state }) => state),
      ["filed", "filed"],
      `step ${failAt}`,
    );
    if (!reached) break;
    assert.ok(failAt < 100);
  }
});
