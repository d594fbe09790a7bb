// Runs the suite in Node: node scripts/bench/node.mjs FOLDER
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./suite.mjs";

const folder = process.argv[2];
globalThis.benchClock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
await import(pathToFileURL(join(folder, "wasm_exec.js")).href);
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, "bench.wasm")), go.importObject);
go.run(instance);
const { texts } = JSON.parse(readFileSync(join(folder, "texts.json"), "utf8"));
run({
  where: `Node ${process.versions.node} (processor time)`,
  texts: texts.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, `${name}.txt`))) })),
  print: (line) => console.log(line),
});
process.exit(0);
