// usage: node scripts/miniflare/serve.mjs SETUP.sql
// Serves the built Worker in Miniflare until standard input ends. Prints one JSON
// line when ready: {"service":"worker","url":…}.
import { readFileSync } from "node:fs";
import { start } from "./station.mjs";

const worker = await start({ sql: readFileSync(process.argv[2], "utf8") });
console.log(JSON.stringify({ service: "worker", url: worker.url }));
process.stdin.resume();
process.stdin.on("end", async () => {
  await worker.stop();
  process.exit(0);
});
