import assert from "node:assert/strict";
import { test } from "node:test";
import { DELAY, isArmed } from "./arm.js";

test("a button that confirms is inert for half a second", () => {
  assert.equal(DELAY, 500);
  for (const [after, armed] of /** @type {[number, boolean][]} */ ([
    [0, false],
    [50, false],
    [250, false],
    [450, false],
    [499.9, false],
    [500, true],
    [600, true],
  ])) {
    assert.equal(isArmed(1000, 1000 + after), armed, String(after));
  }
});
