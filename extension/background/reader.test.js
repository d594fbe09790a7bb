import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble, cap, restricted, unread } from "./reader.js";

/** @param {number} frameId @param {string} text @param {object} [more] */
const frame = (frameId, text, more) => ({
  frameId,
  result: { text, truncated: false, blocked: 0, foreign: false, type: "text/html", map: `map-${frameId}`, ...more },
});

test("the page's own text comes first and empty frames give no passage", () => {
  const { passages, frames, read, length } = assemble([frame(7, "inner"), frame(3, ""), frame(0, "outer")]);
  assert.deepEqual(passages, [{ text: "outer" }, { text: "inner" }]);
  assert.deepEqual(frames, [
    { frameId: 0, map: "map-0" },
    { frameId: 7, map: "map-7" },
  ]);
  assert.deepEqual([read, length], [3, 10]);
});

test("frames that are kept from us are counted, unless they were read after all", () => {
  const count = (/** @type {any[]} */ frames) => assemble(frames).unreadable;
  assert.equal(count([frame(0, "x", { blocked: 2 })]), 2);
  assert.equal(count([frame(0, "x", { blocked: 2 }), frame(5, "y", { foreign: true })]), 1);
  assert.equal(count([frame(0, "x"), frame(5, "hidden", { foreign: true })]), 0);
});

test("all frames together are capped", () => {
  const { length, truncated, passages } = assemble([frame(0, "a".repeat(cap - 1)), frame(1, "bcd"), frame(2, "e")]);
  assert.deepEqual([length, truncated, passages.length], [cap, true, 2]);
});

test("a page that we may not read yet is told from one that nobody may", () => {
  assert.match(
    restricted("Cannot access contents of the page. Extension manifest must request permission to access the respective host.")
      .fault.what,
    /yet/,
  );
  assert.match(restricted("Missing host permission for the tab").fault.what, /yet/);
  assert.match(restricted("Cannot access a chrome:// URL").fault.what, /does not let extensions/);
});

test("a page that went away is told from one that may not be read", () => {
  for (const words of [
    "The tab was closed.",
    "No tab with id: 5.",
    "Invalid tab ID: 5",
    "Frame with ID 0 was removed.",
    "The frame was removed.",
    "No frame with id 7 in tab with id 5.",
    "Actor 'Conduits' destroyed before query 'RuntimeMessage' was resolved",
  ]) {
    assert.equal(unread(new Error(words)).fault.kind, "stale", words);
  }
  for (const words of ["Cannot access a chrome:// URL", "Missing host permission for the tab", "Frame with ID 0 is showing error page"]) {
    assert.equal(unread(new Error(words)).fault.kind, "restricted", words);
  }
});
