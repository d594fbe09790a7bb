// Starts Go, compiled to WebAssembly.

// It sets globalThis.Go. Service workers have no dynamic import().
import "../wasm/wasm_exec.js";
import { api } from "../lib/browser.js";

/** @typedef {import("./lifecycle.js").Instance} Instance */

/** @returns {Promise<WebAssembly.Module>} */
function compile() {
  const compiled = WebAssembly.compileStreaming(fetch(api.runtime.getURL("wasm/core.wasm")));
  compiled.catch(() => {}); // told to who starts it
  return compiled;
}

/**
 * Begun while the other modules are evaluated: reading and compiling 5 MB is most of a
 * cold start. It is started only when somebody calls it.
 *
 * @type {Promise<WebAssembly.Module> | null}
 */
let compiling = compile();

/**
 * Starts the program and takes the border it publishes.
 *
 * @returns {Promise<Instance>}
 */
export async function startWasm() {
  compiling ??= compile();
  const module = await compiling.catch((cause) => {
    compiling = null; // tried anew by the next start
    throw cause;
  });
  const go = new Go();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  /** @type {Instance} */
  const started = { border: { call: () => started.ended, cancel() {} }, ended: new Promise(() => {}), dead: false };
  // The program is not meant to end: if it does, it failed.
  started.ended = go.run(instance).then(
    () => Promise.reject(new Error("core.wasm exited")),
    (cause) => Promise.reject(cause),
  );
  started.ended.catch((cause) => {
    started.dead = true;
    console.error("Sightline:", cause instanceof Error ? cause.message : "core.wasm exited");
  });
  // main() runs up to its first wait within go.run().
  const border = Reflect.get(globalThis, "sightlineCore");
  Reflect.deleteProperty(globalThis, "sightlineCore");
  if (!border) throw new Error("core.wasm published nothing");
  started.border = border;
  return started;
}
