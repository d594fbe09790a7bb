// usage: node scripts/size.mjs
// Sizes in bytes, as one JSON object. Needs what `make pack` and scripts/build-worker leave behind.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path) => readFileSync(join(root, path));
// As scripts/build-wasm and the budget measure it; Node's own zlib packs a little looser.
const gzip = (data) => execFileSync("gzip", ["-9nc"], { input: data, maxBuffer: 1 << 26 }).length;

const wasm = read("extension/wasm/core.wasm");
const worker = read("dist/worker/app.wasm");
console.log(
  JSON.stringify({
    wasm_raw: wasm.length,
    wasm_gzip: gzip(wasm),
    package_zip: statSync(join(root, "dist/sightline-chromium.zip")).size,
    content_bytes: read("extension/content/collect.js").length + read("extension/content/highlight.js").length,
    worker_gzip: gzip(worker),
  }),
);
