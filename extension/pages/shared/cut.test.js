import assert from "node:assert/strict";
import { test } from "node:test";
import { ends, pieces } from "./cut.js";

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
