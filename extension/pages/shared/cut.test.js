import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, ends, leadIn, leadOut, parts, pieces } from "./cut.js";

const values = [
  "",
  "198[.]51[.]100[.]23",
  "cdn-update[.]example-telemetry[.]net",
  "hxxps://cdn[.]example[.]net:8443/a/b?c=d&e=f",
  "billing[@]example[.]org",
  "2001[:]db8[:]85a3[:][:]8a2e",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "HKLM\\Software\\Run",
  "C:\\Temp\\файл-с-длинным-именем-🦊🦊🦊🦊🦊🦊🦊.exe",
  "with\na line break",
];

test("nothing is lost and nothing is added", () => {
  for (const value of values) {
    assert.equal(ends(value).join(""), value);
    assert.equal(pieces(value).join(""), value);
    assert.equal(parts(value).join(""), value);
  }
});

test("no character is cut in two", () => {
  for (const value of values) for (const half of ends(value)) assert.ok(half.isWellFormed(), value);
});

test("a value breaks between labels only", () => {
  assert.deepEqual(pieces("cdn-update[.]example-telemetry[.]net"), ["cdn-update[.]", "example-telemetry[.]", "net"]);
  assert.deepEqual(pieces("billing[@]example[.]org"), ["billing[@]", "example[.]", "org"]);
  assert.deepEqual(pieces("hxxps://a[.]net/b"), ["hxxps://", "a[.]", "net/", "b"]);
});

test("a hash breaks every eight digits", () => {
  assert.deepEqual(pieces("d41d8cd98f00b204e9800998ecf8427e"), ["d41d8cd9", "8f00b204", "e9800998", "ecf8427e"]);
});

test("short values are whole", () => {
  assert.deepEqual(ends("198[.]51[.]100[.]23"), ["198[.]51[.]100[.]23", ""]);
});

test("server and path, mailbox and domain, folder and file stand apart", () => {
  for (const [value, wanted] of /** @type {[string, string[]][]} */ ([
    ["hxxps[://]dl[.]a[.]top/invoice/2026-1107.iso", ["hxxps[://]dl[.]a[.]top", "/invoice/2026-1107.iso"]],
    ["hxxp://198[.]51[.]100[.]23:8080?id=1", ["hxxp://198[.]51[.]100[.]23:8080", "?id=1"]],
    ["hxxps[://]a[.]top/", ["hxxps[://]a[.]top/"]],
    ["no-reply[@]sample-9[.]online", ["no-reply", "[@]sample-9[.]online"]],
    ["C:\\Users\\Public\\run.exe", ["C:\\Users\\Public\\", "run.exe"]],
    ["198[.]51[.]100[.]0/24", ["198[.]51[.]100[.]0/24"]],
    ["cdn-update[.]example-telemetry[.]net", ["cdn-update[.]example-telemetry[.]net"]],
    ["d41d8cd98f00b204e9800998ecf8427e", ["d41d8cd98f00b204e9800998ecf8427e"]],
  ])) {
    assert.deepEqual(parts(value), wanted);
  }
});

test("what matters at a value's end is never cut off", () => {
  const tail = (/** @type {string} */ value) => ends(value)[1];
  assert.equal(tail("/invoice/quarter/2026-1107.iso"), "/2026-1107.iso");
  assert.equal(tail("/a/long/way/to/track?id=88213"), "/to/track?id=88213");
  assert.equal(tail("cdn-update[.]example-telemetry[.]net"), "emetry[.]net");
  assert.equal(tail("d41d8cd98f00b204e9800998ecf8427e"), "0998ecf8427e");
});

test("columns of a monospace face", () => {
  assert.equal(columns("abc[.]net"), 9);
  assert.equal(columns("файл"), 4);
  assert.equal(columns("文件🦊"), 6);
});

test("a context never begins or ends within a word", () => {
  assert.equal(leadIn("from "), "from ");
  assert.equal(leadIn(`rom ${"stealer ".repeat(10)}`), `… ${"stealer ".repeat(10)}`);
  assert.equal(leadOut(`, ${"inside a ".repeat(9)}reply[at]si`), `, ${"inside a ".repeat(9).trim()} …`);
  const unbroken = "x".repeat(80);
  assert.equal(leadIn(unbroken), `… ${unbroken}`, "what has no words is shown as it is");
});
