import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, explained, step } from "./keys.js";

const press = (/** @type {string} */ key, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});

test("every key of the list does something", () => {
  for (const [keys] of explained) for (const key of keys.split(" ")) assert.ok(commandOf(press(key), false), key);
});

test("keys are silent while something is typed, and never take the browser's own", () => {
  assert.equal(commandOf(press("j"), true), undefined);
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }]) {
    assert.equal(commandOf(press("c", more), false), undefined);
  }
  assert.equal(commandOf(press("constructor"), false), undefined);
  assert.equal(commandOf(press("Enter"), false), undefined, "Enter must never confirm");
});

test("step", () => {
  const keys = ["a", "b", "c"];
  /** @type {[string, 1 | -1, string][]} */
  const table = [
    ["", 1, "a"],
    ["", -1, "c"],
    ["a", 1, "b"],
    ["c", 1, "c"],
    ["a", -1, "a"],
    ["gone", 1, "a"],
  ];
  for (const [current, by, to] of table) assert.equal(step(keys, current, by), to, `${current} ${by}`);
  assert.equal(step([], "a", 1), "");
});
