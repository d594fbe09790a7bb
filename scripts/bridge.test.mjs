// The shared fixtures of testdata/bridge, executed from JavaScript through the very
// module that ships: what Go promises is what JavaScript gets.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { test } from "node:test";

const root = fileURLToPath(new URL("..", import.meta.url));
const fixtures = join(root, "testdata/bridge");
const wasm = join(root, "extension/wasm/core.wasm");

// wasm_exec.js is a classic script that leaves Go behind on the global object.
const require = createRequire(import.meta.url);
const decoder = new TextDecoder();
const encoder = new TextEncoder();

// The fixtures' clock. Go asks for the time with `new Date().getTime()`.
const now = 1_790_000_000_000;
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length ? given : [now]));
  }
  static now() {
    return now;
  }
};

/** A new instance of the core: fixtures must not see one another's profiles. */
async function open(module) {
  const go = new globalThis.Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  const ended = go.run(instance);
  const core = globalThis.sightlineCore;
  const call = async (method, request) => {
    try {
      const bytes = await Promise.race([core.call(method, encoder.encode(JSON.stringify(request))), ended.then(() => Promise.reject(new Error("the core ended")))]);
      return { response: JSON.parse(decoder.decode(bytes)) };
    } catch (error) {
      if (!error.fault) throw error;
      return { fault: JSON.parse(error.fault) };
    }
  };
  return call;
}

/** Takes out what depends on clock, chance or the network's own words. */
function still(value, dynamic) {
  const copy = structuredClone(value);
  for (const path of dynamic ?? []) {
    const names = path.split(".");
    const last = names.pop();
    const holder = names.reduce((inner, name) => inner?.[name], copy);
    if (holder) delete holder[last];
  }
  return copy;
}

test("fixtures of the bridge", { skip: existsSync(wasm) ? false : "extension/wasm/core.wasm is absent: run make wasm" }, async (t) => {
  require(join(root, "extension/wasm/wasm_exec.js"));
  const module = await WebAssembly.compile(readFileSync(wasm));
  for (const file of readdirSync(fixtures).filter((name) => name.endsWith(".json"))) {
    const fixture = JSON.parse(readFileSync(join(fixtures, file), "utf8"));
    await t.test(`${file}: ${fixture.name}`, async () => {
      const call = await open(module);
      for (const step of fixture.before ?? []) await call(step.method, step.request);
      const answer = await call(fixture.method, fixture.request);
      assert.deepEqual(Object.keys(answer), [fixture.fault ? "fault" : "response"], JSON.stringify(answer));
      if (fixture.fault) assert.equal(answer.fault.kind, fixture.fault.kind);
      else assert.deepEqual(still(answer.response, fixture.dynamic), still(fixture.response, fixture.dynamic));
    });
  }
});
