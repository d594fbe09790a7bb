import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {any[]} */
let answers = [];
/** @type {any[]} */
const sent = [];
/** @type {Set<(message: unknown, sender: any) => void>} */
const listeners = new Set();

globalThis.chrome = /** @type {any} */ ({
  runtime: {
    id: "ours",
    getURL: (/** @type {string} */ path) => `chrome-extension://ours/${path}`,
    sendMessage: async (/** @type {any} */ message) => {
      sent.push(message);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onMessage: {
      addListener: (/** @type {any} */ one) => listeners.add(one),
      removeListener: (/** @type {any} */ one) => listeners.delete(one),
    },
  },
});
const { ask, onChanged } = await import("./messages.js");

beforeEach(() => {
  answers = [];
  sent.length = 0;
});

test("the answer is the value", async () => {
  answers = [{ ok: true, value: { savedAt: 5 } }];
  assert.deepEqual(await ask("draft.save", /** @type {any} */ ({ draft: { id: "a" } })), { savedAt: 5 });
  assert.deepEqual(sent, [{ verb: "draft.save", draft: { id: "a" } }]);
});

test("parameters do not change the verb", async () => {
  answers = [{ ok: true, value: {} }];
  await ask("related.cancel", /** @type {any} */ ({ verb: "profile.delete" }));
  assert.equal(sent[0].verb, "related.cancel");
});

test("a fault is thrown whole", async () => {
  answers = [{ ok: false, fault: { kind: "restricted", what: "No." } }];
  await assert.rejects(ask("state"), (/** @type {any} */ error) => error.fault.kind === "restricted" && error.message === "No.");
});

test("a question that found nobody is asked again only if that is harmless", async () => {
  answers = [new Error("Could not establish connection."), { ok: true, value: { version: "1" } }];
  assert.deepEqual(await ask("state"), { version: "1" });
  answers = [new Error("Could not establish connection.")];
  sent.length = 0;
  await assert.rejects(ask("draft.submit", /** @type {any} */ ({})), { name: "FaultError" });
  assert.equal(sent.length, 1);
});

test("no answer is a fault", async () => {
  answers = [undefined];
  await assert.rejects(ask("state"), { name: "FaultError" });
});

test("only the background's word counts for a change", () => {
  /** @type {string[]} */
  const heard = [];
  const stop = new AbortController();
  onChanged((what) => heard.push(what), stop.signal);
  const say = (/** @type {unknown} */ message, /** @type {any} */ sender) =>
    listeners.forEach((listener) => listener(message, sender));
  const background = { id: "ours", url: "chrome-extension://ours/background/main.js" };
  say({ event: "changed", what: "job" }, background);
  say({ event: "changed", what: "draft" }, { id: "ours", url: "https://hostile.example/", tab: { id: 1 } });
  say({ verb: "state" }, background);
  say(null, background);
  assert.deepEqual(heard, ["job"]);
  stop.abort();
  assert.equal(listeners.size, 0);
});
