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
