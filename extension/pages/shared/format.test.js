import "./support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { age, bytes, clock, hostOf, length, moment, safeLink, when } from "./format.js";

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
