import assert from "node:assert/strict";
import { test } from "node:test";
import { Core } from "./lifecycle.js";

const encode = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value));

/**
 * Instances on demand; what a call does is for the test to say.
 *
 * @param {(method: string, request: any, life: number) => unknown} act
 * @param {{ failStarts?: number, protocol?: number }} [options]
 * @param {() => Promise<any[]>} [profiles]
 */
function make(act, { failStarts = 0, protocol = 1 } = {}, profiles = async () => [/** @type {any} */ ({ id: "p1", secret: "s" })]) {
  /** @type {any} */
  const log = { starts: 0, calls: [], cancelled: [], end: null };
  const start = async () => {
    const life = ++log.starts;
    if (life <= failStarts) throw new Error("out of memory");
    const ended = new Promise((_, reject) => (log.end = () => reject(new Error("core.wasm exited"))));
    ended.catch(() => {});
    const border = {
      /** @param {string} method @param {Uint8Array} bytes @param {string} id */
      async call(method, bytes, id) {
        const request = JSON.parse(new TextDecoder().decode(bytes));
        log.calls.push([life, method, request, id]);
        if (method === "hello") return encode({ protocol, version: "1", types: [] });
        if (method === "configure") return encode({});
        return encode(await act(method, request, life));
      },
      cancel: (/** @type {string} */ id) => log.cancelled.push(id),
    };
    return /** @type {any} */ ({ border, ended, dead: false });
  };
  const core = new Core(start, profiles);
  return { core, log };
}

const faultError = (/** @type {object} */ fault) => Object.assign(new Error("failed"), { fault: JSON.stringify(fault) });

test("one instance is made for calls that come together, greeted and configured first", async () => {
  const { core, log } = make((_, request) => request);
  await Promise.all([core.call("check", /** @type {any} */ ({ n: 1 })), core.call("check", /** @type {any} */ ({ n: 2 }))]);
  assert.equal(log.starts, 1);
  assert.deepEqual(
    log.calls.map((/** @type {any[]} */ call) => call[1]),
    ["hello", "configure", "check", "check"],
  );
  assert.deepEqual(log.calls[1][2], { profiles: [{ id: "p1", secret: "s" }] });
});

test("a failed start is tried once more", async () => {
  const { core, log } = make(() => ({ fine: true }), { failStarts: 1 });
  assert.deepEqual(await core.call("origin", { baseUrl: "" }), { fine: true });
  assert.equal(log.starts, 2);
});

test("two failed starts fail the call, and the next call starts again", async () => {
  const { core, log } = make(() => ({ fine: true }), { failStarts: 2 });
  await assert.rejects(core.call("origin", { baseUrl: "" }), { name: "FaultError" });
  assert.deepEqual(await core.call("origin", { baseUrl: "" }), { fine: true });
  assert.equal(log.starts, 3);
});

test("another protocol is refused", async () => {
  const { core } = make(() => ({}), { protocol: 2 });
  await assert.rejects(core.call("origin", { baseUrl: "" }), (/** @type {any} */ error) => /protocol 2/.test(error.fault.detail));
});

test("a fault is the caller's, and the instance lives on", async () => {
  const { core, log } = make((_method, request) => {
    if (request.baseUrl === "bad") throw faultError({ kind: "invalid", what: "No." });
    return {};
  });
  await assert.rejects(core.call("origin", { baseUrl: "bad" }), (/** @type {any} */ error) => error.fault.kind === "invalid");
  await core.call("origin", { baseUrl: "good" });
  assert.equal(log.starts, 1);
});

test("an instance that throws anything else is replaced, and a pure call repeated once", async () => {
  const { core, log } = make((_method, _request, life) => {
    if (life === 1) throw new RangeError("Maximum call stack size exceeded");
    return { life };
  });
  assert.deepEqual(await core.call("preview", { passages: [] }), { life: 2 });
  assert.equal(log.starts, 2);
});

test("poison fails in a second instance and no third is tried", async () => {
  const { core, log } = make(() => {
    throw new Error("unreachable");
  });
  await assert.rejects(core.call("preview", { passages: [] }), (/** @type {any} */ error) => error.fault.kind === "internal");
  assert.equal(log.starts, 2);
});

test("what may have left the browser is not repeated", async () => {
  let sends = 0;
  const { core } = make(() => {
    sends++;
    throw new Error("unreachable");
  });
  await assert.rejects(core.call("outbox.send", /** @type {any} */ ({ item: {}, reason: "" })));
  assert.equal(sends, 1);
});

test("a call does not outlive its instance", async () => {
  const { core, log } = make((_method, _request, life) => (life === 1 ? new Promise(() => {}) : { life }));
  const sending = core.call("outbox.send", /** @type {any} */ ({ item: {}, reason: "" }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  log.end();
  await assert.rejects(sending, (/** @type {any} */ error) => error.fault.detail === "core.wasm exited");
  assert.deepEqual(await core.call("origin", { baseUrl: "" }), { life: 2 });
});

test("a pure call that hangs is given up after 30 s", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { core, log } = make(() => new Promise(() => {}));
  const hanging = assert.rejects(core.call("preview", { passages: [] }), (/** @type {any} */ error) =>
    /within 30000 ms/.test(error.fault.detail),
  );
  for (let round = 0; round < 2; round++) {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    t.mock.timers.tick(30_000);
  }
  await hanging;
  assert.equal(log.starts, 2);
});

test("stopping reaches the core and is told as such", async () => {
  const stop = new AbortController();
  const { core, log } = make(() => new Promise((_, reject) => setTimeout(() => reject(faultError({ kind: "cancelled" })), 20)));
  const call = core.call("related", { indicators: [], profileIds: [] }, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await assert.rejects(call, (/** @type {any} */ error) => error.fault.kind === "cancelled");
  assert.equal(log.cancelled.length, 1);
  assert.equal(log.cancelled[0], log.calls.at(-1)[3]);
});

test("a change of profiles reaches a living instance that has them alone", async () => {
  const { core, log } = make(() => ({}));
  const told = () => log.calls.filter((/** @type {any[]} */ call) => call[1] === "configure").length;
  await core.reconfigure();
  assert.equal(log.starts, 0);
  await core.call("preview", { passages: [] });
  await core.reconfigure();
  assert.equal(told(), 0, "a preview asks nothing of a profile");
  await core.call("enclaves", { profileId: "p1" });
  await core.call("enclaves", { profileId: "p1" });
  assert.equal(told(), 1);
  await core.reconfigure();
  assert.equal(told(), 2);
});

test("profiles that cannot be read fail the call that needs them, and are read again by the next", async () => {
  let reads = 0;
  const { core, log } = make(
    () => ({}),
    {},
    async () => {
      if (++reads === 1) throw new Error("no disk");
      return [];
    },
  );
  await assert.rejects(core.call("enclaves", { profileId: "p1" }), /no disk/);
  await core.call("preview", { passages: [] });
  await core.call("enclaves", { profileId: "p1" });
  assert.deepEqual([log.starts, reads], [1, 2]);
});

test("a new instance is told the profiles anew", async () => {
  const { core, log } = make((_method, _request, life) => {
    if (life === 1) throw new Error("unreachable");
    return { life };
  });
  assert.deepEqual(await core.call("check", /** @type {any} */ ({ draft: {} })), { life: 2 });
  assert.deepEqual(
    log.calls.map((/** @type {any[]} */ [life, method]) => `${life} ${method}`),
    ["1 hello", "1 configure", "1 check", "2 hello", "2 configure", "2 check"],
  );
});

/**
 * A core whose index is handed in by a loader that notes each time.
 *
 * @param {(method: string, request: any, life: number) => unknown} act
 */
function makeIndexed(act) {
  /** @type {string[]} */
  const loads = [];
  /** @type {Uint8Array[]} */
  const sent = [];
  const starts = { count: 0, /** @type {() => void} */ end: () => {} };
  const start = async () => {
    const life = ++starts.count;
    /** @type {Promise<never>} */
    const ended = new Promise((_, reject) => (starts.end = () => reject(new Error("core.wasm exited"))));
    ended.catch(() => {});
    const border = {
      /** @param {string} method @param {Uint8Array} bytes */
      async call(method, bytes) {
        if (method === "index.put") return sent.push(bytes), encode({});
        if (method === "index.segment") return new Uint8Array([0, 255, 123]);
        if (method === "hello") return encode({ protocol: 1, version: "1", types: [] });
        if (method === "configure" || method === "index.open") return encode({});
        return encode(await act(method, JSON.parse(new TextDecoder().decode(bytes)), life));
      },
      cancel() {},
    };
    return /** @type {any} */ ({ border, ended, dead: false });
  };
  const core = new Core(start, async () => [], async (call) => {
    loads.push(`life ${starts.count}`);
    await call("index.put", new Uint8Array([1, 2, 3]));
    await call("index.open", { manifest: "", states: [] });
  });
  return { core, loads, sent, starts };
}

test("a preview does not wait for the index; what reads it waits, and all of it share one load", async () => {
  const { core, loads, sent } = makeIndexed(() => ({}));
  await core.call("preview", { passages: [] });
  await core.call("check", /** @type {any} */ ({}));
  assert.deepEqual(loads, []);
  await Promise.all([core.call("related", /** @type {any} */ ({})), core.call("index.status", {}), core.call("index.fill", /** @type {any} */ ({}))]);
  assert.deepEqual(loads, ["life 1"]);
  assert.deepEqual(sent, [new Uint8Array([1, 2, 3])], "bytes go as they are");
  assert.deepEqual(await core.call("index.segment", { name: "a" }), new Uint8Array([0, 255, 123]), "and come so");
});

test("a new instance is given the index anew before it answers", async () => {
  /** @type {any} */
  let starts = null;
  const made = makeIndexed((method, _, life) => {
    if (method === "index.status" && life === 1) return starts.end(), new Promise(() => {});
    return { life };
  });
  starts = made.starts;
  await made.core.call("related", /** @type {any} */ ({}));
  assert.deepEqual(await made.core.call("index.status", {}), { life: 2 });
  assert.deepEqual(made.loads, ["life 1", "life 2"]);
});

test("an index that cannot be read fails the call, and the next call tries again", async () => {
  let broken = true;
  const failing = new Core(
    async () => /** @type {any} */ ({ border: { call: async (/** @type {string} */ method) => encode(method === "hello" ? { protocol: 1 } : { fine: true }), cancel() {} }, ended: new Promise(() => {}), dead: false }),
    async () => [],
    async () => {
      if (broken) throw new Error("no storage");
    },
  );
  await assert.rejects(failing.call("related", /** @type {any} */ ({})), /no storage/);
  broken = false;
  assert.deepEqual(await failing.call("related", /** @type {any} */ ({})), { fine: true });
});
