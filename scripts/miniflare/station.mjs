// The built Worker in Miniflare, on loopback, without an account.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Where scripts/build-worker leaves the Worker. */
export const build = join(root, "dist", "worker");

/**
 * Starts the Worker on a port of the system's choosing over a new, empty D1.
 *
 * @param {{sql?: string, vars?: Record<string, string>, database?: string}} options sql:
 *   one statement a line, run before the first request; database: the binding's name.
 * @returns {Promise<{url: string, database: any, stop: () => Promise<void>}>}
 */
export async function start({ sql = "", vars = {}, database: name = "DB" } = {}) {
  const modules = ["worker.mjs", "runtime.mjs"].map((name) => ({
    type: "ESModule",
    path: name,
    contents: readFileSync(join(build, name), "utf8"),
  }));
  modules.push({ type: "ESModule", path: "wasm_exec.js", contents: readFileSync(join(build, "wasm_exec.js"), "utf8") });
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    compatibilityDate: "2026-01-01",
    modules: [...modules, { type: "CompiledWasm", path: "app.wasm", contents: readFileSync(join(build, "app.wasm")) }],
    d1Databases: [name],
    bindings: vars,
  });
  const url = (await miniflare.ready).origin;
  const database = await miniflare.getD1Database(name);
  for (const statement of sql.split("\n").filter((line) => line.trim() !== "")) {
    await database.prepare(statement).run();
  }
  return { url, database, stop: () => miniflare.dispose() };
}
