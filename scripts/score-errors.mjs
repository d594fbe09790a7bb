// Reads the scorer's lists of errors and counts the traps: texts made to mislead, of
// which one is passed when nothing is found that should not be, and nothing missed. Scores
// the cases of the peers' suites (F1 over all types) with each suite left out in turn: a
// peer's own suite flatters it, and rules learnt from one suite show when it is gone.
// Writes errors.txt beside the lists: type, what is wrong, value, line id.
//
//   node scripts/score-errors.mjs DIRECTORY CORPUS.jsonl…
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [directory, ...corpora] = process.argv.slice(2);
const rows = (path) =>
  readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

const wrong = new Map();
for (const file of readdirSync(directory).filter((name) => name.endsWith(".jsonl"))) {
  for (const row of rows(join(directory, file))) wrong.set(row.id, row);
}

const kinds = new Map();
const failed = [];
for (const corpus of corpora) {
  for (const { id, tags = [] } of rows(corpus)) {
    if (!tags.includes("trap")) continue;
    const row = wrong.get(id);
    const passed = !row || (row.fp.length === 0 && row.fn_supported.length === 0);
    const kind = tags.find((tag) => tag !== "trap") ?? "other";
    const count = kinds.get(kind) ?? { passed: 0, of: 0 };
    count.of++;
    if (passed) count.passed++;
    else failed.push(id);
    kinds.set(kind, count);
  }
}
const sum = (key) => [...kinds.values()].reduce((total, count) => total + count[key], 0);
console.log(`\ntraps passed: ${sum("passed")} of ${sum("of")} (181 with the unseen half)`);
for (const [kind, { passed, of }] of [...kinds].sort()) console.log(`    [${kind}] ${passed} of ${of}`);
if (failed.length > 0) console.log(`    not passed: ${failed.join(" ")}`);

const suites = new Map();
for (const { id, source, expect = [] } of corpora.filter((path) => path.endsWith("-cases.jsonl")).flatMap(rows)) {
  const { fp = [], fn = [] } = wrong.get(id) ?? {};
  const count = suites.get(source) ?? { found: 0, surplus: 0, missed: 0 };
  count.found += expect.length - fn.length;
  count.surplus += fp.length;
  count.missed += fn.length;
  suites.set(source, count);
}
const f1 = (counts) => {
  const all = (key) => counts.reduce((total, count) => total + count[key], 0);
  return ((2 * all("found")) / (2 * all("found") + all("surplus") + all("missed"))).toFixed(3);
};
if (suites.size > 0) {
  const without = [...suites.keys()].map((suite) => [suite, f1([...suites].filter(([name]) => name !== suite).map(([, count]) => count))]);
  const least = without.map(([, score]) => score).sort()[0];
  console.log(`\ncases, F1 with all suites ${f1([...suites.values()])}, without the suite that flatters most ${least}`);
  for (const [suite, score] of without.sort()) console.log(`    [${suite}] alone ${f1([suites.get(suite)])}, the others ${score}`);
}

const lines = [];
for (const { id, fp, fn } of wrong.values()) {
  for (const [type, value, rejected] of fp) lines.push([type, rejected ? "rejected" : "surplus", value, id]);
  for (const [type, value] of fn) lines.push([type, "missed", value, id]);
}
lines.sort((a, b) => (a.join("\t") < b.join("\t") ? -1 : 1));
writeFileSync(join(directory, "errors.txt"), lines.map((line) => line.map((cell) => cell.replace(/\s+/g, " ")).join("\t") + "\n").join(""));
console.log(`${lines.length} errors: ${join(directory, "errors.txt")}`);
