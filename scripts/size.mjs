// usage: node scripts/size.mjs
// Sizes in bytes, as one JSON object. Needs what `make pack` and scripts/build-worker leave behind.
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path) => readFileSync(join(root, path));
const gzip = (data) => gzipSync(data, { level: 9 }).length;

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
