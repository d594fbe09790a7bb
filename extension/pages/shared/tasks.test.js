import "./support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, Tasks } from "./tasks.js";

/** A promise with its ends. */
function deferred() {
  /** @type {(value: unknown) => void} */ let resolve = () => undefined;
  /** @type {(reason: unknown) => void} */ let reject = () => undefined;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

test("a wait is shown only when it lasts", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const tasks = new Tasks(() => undefined);
  void tasks.run("a", "waiting", () => deferred().promise);
  assert.ok(tasks.busy("a"));
  assert.equal(tasks.wait("a"), undefined);
  context.mock.timers.tick(PATIENCE);
  assert.equal(tasks.wait("a")?.words, "waiting");
});

test("what fails keeps its fault until it is tried again", async () => {
  const tasks = new Tasks(() => undefined);
  const value = await tasks.run("a", "", () => Promise.reject(new Error("no")));
  assert.equal(value, undefined);
  assert.equal(tasks.fault("a")?.kind, "internal");
  assert.equal(await tasks.run("a", "", async () => 7), 7);
  assert.equal(tasks.fault("a"), undefined);
});

test("a stopped wait stops its work and ignores what comes of it", async () => {
  const tasks = new Tasks(() => undefined);
  const work = deferred();
  let stopped = 0;
  const run = tasks.run(
    "a",
    "",
    () => work.promise,
    () => (stopped += 1),
  );
  tasks.wait("a");
  // Shown or not, the wait can be stopped through what run() registered.
  await new Promise((resolve) => setTimeout(resolve, PATIENCE + 20));
  tasks.wait("a")?.stop();
  assert.equal(stopped, 1);
  assert.ok(!tasks.busy("a"));
  work.reject(new Error("cancelled"));
  assert.equal(await run, undefined);
  assert.equal(tasks.fault("a"), undefined);
});

test("work that was replaced is ignored", async () => {
  const tasks = new Tasks(() => undefined);
  const first = deferred();
  const run = tasks.run("a", "", () => first.promise);
  const again = tasks.run("a", "", async () => "second");
  first.resolve("first");
  assert.equal(await run, undefined);
  assert.equal(await again, "second");
  assert.ok(!tasks.busy("a"));
});
