import "./support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { age, bytes, clock, duration, hostOf, length, moment, safeLink, size, when } from "./format.js";

const now = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

test("age", () => {
  /** @type {[number, string][]} milliseconds ago */
  const table = [
    [0, "just now"],
    [MINUTE - 1, "just now"],
    [-5000, "just now"],
    [MINUTE, "1 min. ago"],
    [59 * MINUTE + 59_000, "59 min. ago"],
    [60 * MINUTE, "1 hr. ago"],
    [24 * 60 * MINUTE, "1 day ago"],
    [29 * 24 * 60 * MINUTE, "29 days ago"],
  ];
  for (const [ago, words] of table) assert.equal(age(now - ago, now), words);
  assert.match(age(now - 31 * 24 * 60 * MINUTE, now), /2026/);
  assert.equal(age(0, now), "", "0 is unknown");
});

test("a time of another day says its day", () => {
  assert.equal(when(now - MINUTE, now), clock(now - MINUTE));
  assert.equal(when(now - 24 * 60 * MINUTE, now), moment(now - 24 * 60 * MINUTE));
});

test("sizes are exact, lengths may be rough", () => {
  assert.equal(bytes(1), "1 byte");
  assert.equal(bytes(2184), "2,184 bytes");
  assert.equal(length(9_999), "9,999 characters");
  assert.equal(length(18_211), "18 K characters");
});

test("hostOf", () => {
  assert.equal(hostOf("https://user:secret@Example.org:8443/a?b#c"), "example.org:8443");
  assert.equal(hostOf("about:blank"), "");
  assert.equal(hostOf("nonsense"), "");
});

test("a link never runs a script", () => {
  assert.equal(safeLink("https://example.org/r/1"), "https://example.org/r/1");
  for (const address of [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "blob:https://x/1",
    "",
    "/relative",
  ]) {
    assert.equal(safeLink(address), "", address);
  }
});

test("sizes and lengths of time are rough, in the unit that fits", () => {
  assert.equal(size(0), "0 kB");
  assert.equal(size(1_540), "1.5 kB");
  assert.equal(size(152_300), "152 kB");
  assert.equal(size(1_540_000), "1.5 MB");
  assert.equal(size(30_000_000_000), "30 GB");
  assert.equal(duration(0), "1 sec");
  assert.equal(duration(55_100), "56 sec");
  assert.equal(duration(89 * 60_000), "89 min");
  assert.equal(duration(5 * 3_600_000), "5 hr");
  assert.equal(duration(40 * 3_600_000), "2 days");
});
