// The runs as wasm, the same in Node and in a page. Every figure of one table comes
// from one program and one run.
import { extract } from "./extractor.mjs";

const documentSize = 64 << 10;
const pageSize = 1_000_000;
const shapeSize = 2_000_000; // enough here; the mixed text is taken whole

const groupSize = 16; // documents that are timed together

/** Milliseconds that each of the workers takes for all documents: for each group the best of some rounds, in turn. */
function best(rounds, docs, workers) {
  const times = workers.map(() => 0);
  for (let i = 0; i < docs.length; i += groupSize) {
    const group = docs.slice(i, i + groupSize);
    const least = workers.map(() => Infinity);
    for (let round = 0; round < rounds; round++) {
      workers.forEach((work, w) => {
        const began = globalThis.benchClock();
        for (const doc of group) work(doc);
        least[w] = Math.min(least[w], globalThis.benchClock() - began);
      });
    }
    least.forEach((time, w) => (times[w] += time));
  }
  return times;
}

/** Repeats a measurement until it has not become faster five times: engines compile in full what runs often, meanwhile. */
function warm(speed) {
  for (let fastest = 0, slower = 0; slower < 5; slower++) {
    const now = speed();
    if (now > fastest * 1.03) [fastest, slower] = [now, 0];
  }
}

/**
 * @param {{ where: string, texts: { name: string, bytes: Uint8Array }[], print: (line: string) => void }} options
 *   globalThis.bench is the wasm program's, benchClock a clock in milliseconds
 */
export function run({ where, texts, print }) {
  const { bench } = globalThis;
  const scanned = (rounds) => JSON.parse(bench.measure(texts[0].bytes.subarray(0, pageSize), documentSize, rounds)).scan;
  const first = scanned(1);
  warm(() => scanned(2));
  print(`\n== wasm in ${where}, documents of 64 KiB; the first 1 MB, before it was compiled in full: ${first.toFixed(0)} MB/s`);
  print(bench.head);
  let mean = 0;
  for (const { name, bytes } of texts) {
    const figures = bench.measure(mean ? bytes.subarray(0, shapeSize) : bytes, documentSize, 4);
    mean ||= JSON.parse(figures).scan;
    print(bench.row(name, figures));
  }
  print(`\n== wasm in ${where}, hostile: 256 KiB of a piece repeated`);
  print(bench.hostile(mean));

  print(`\n== in ${where}: text to answers with positions and values; ours knows every type, V8's RegExp IPv4, URL, domain and hashes`);
  print("text        ours MB/s  RegExp MB/s  ours/RegExp   ours finds  RegExp finds");
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(3 * pageSize + 16);
  const numbers = new Int32Array(3 * 400_000);
  const answer = new Uint8Array(numbers.buffer);
  const types = []; // what the panel would look at
  const ours = (text) => {
    const { written } = encoder.encodeInto(text, buffer);
    const values = bench.find(buffer, written, answer).split("\n");
    types.length = 0;
    for (let i = 0, next = 0; numbers[i + 2] > 0; i += 3) {
      const kind = numbers[i], start = numbers[i + 1], end = numbers[i + 2];
      if (kind < 0) types.push({ type: ~kind, value: text.slice(start, end), start, end });
      else types.push({ type: kind, value: values[next++], start, end });
    }
    return types.length;
  };
  const count = (docs, work) => docs.reduce((sum, text) => sum + work(text), 0);
  for (const { name, bytes } of texts) {
    const docs = [];
    for (let i = 0; i < shapeSize; i += documentSize) docs.push(decoder.decode(bytes.subarray(i, i + documentSize)));
    const size = docs.reduce((sum, text) => sum + encoder.encodeInto(text, buffer).written, 0) / 1e6;
    const theirs = (text) => extract(text).length;
    const [a, b] = best(6, docs, [ours, theirs]);
    print(
      name.padEnd(10) + (size / a * 1e3).toFixed(0).padStart(11) + (size / b * 1e3).toFixed(0).padStart(13) + (b / a).toFixed(2).padStart(13) +
        String(count(docs, ours)).padStart(13) + String(count(docs, theirs)).padStart(14),
    );
  }
  const page = decoder.decode(texts[0].bytes.subarray(0, pageSize));
  const [a, b] = best(12, [page], [ours, (text) => extract(text).length]);
  print(`1 MB of ${texts[0].name} text: ours ${a.toFixed(1)} ms, RegExp ${b.toFixed(1)} ms`);
}
