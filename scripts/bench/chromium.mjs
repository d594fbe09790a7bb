// Runs the suite in a page of a headless Chromium: node scripts/bench/chromium.mjs FOLDER
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { chromiumPath } from "../e2e/lib/chromium.mjs";

const folder = process.argv[2];
const here = fileURLToPath(new URL(".", import.meta.url));
const types = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8", ".json": "application/json" };
const page = `<!doctype html><title>bench</title><script src="wasm_exec.js"></script><script type="module">
import { run } from "./suite.mjs";
globalThis.benchClock = () => performance.now();
const go = new Go();
const { instance } = await WebAssembly.instantiateStreaming(fetch("bench.wasm"), go.importObject);
go.run(instance);
const { texts } = await (await fetch("texts.json")).json();
const named = [];
for (const name of texts) named.push({ name, bytes: new Uint8Array(await (await fetch(encodeURIComponent(name) + ".txt")).arrayBuffer()) });
window.start = (where) => {
  const lines = [];
  run({ where, texts: named, print: (line) => lines.push(line) });
  return lines.join("\\n");
};
</script>`;

const server = createServer(async (request, response) => {
  // Only isolated pages have a clock finer than a tenth of a millisecond.
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  const name = basename(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (name === "") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page);
    return;
  }
  try {
    const body = await readFile(join(extname(name) === ".mjs" ? here : folder, name));
    response.setHeader("Content-Type", types[extname(name)] ?? "application/octet-stream");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await puppeteer.launch({
  executablePath: chromiumPath,
  pipe: true,
  protocolTimeout: 240_000,
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction("window.start", { timeout: 60_000 });
  const version = await browser.version();
  console.log(await tab.evaluate((where) => window.start(where), `${version.replace(/(Headless)?Chrome\//, "Chromium ")} (wall clock)`));
} finally {
  await browser.close();
  server.close();
}
