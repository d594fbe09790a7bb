import "../shared/support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";

test("the coverage line", async () => {
  // lit-html looks for a document as soon as it is loaded; words() needs none.
  Reflect.set(globalThis, "document", { createTreeWalker: () => ({}), createComment: () => ({}) });
  const { words } = await import("./verdict.js");
  const line = (/** @type {number} */ known, /** @type {number} */ fresh, /** @type {number} */ unsure) =>
    words({ asked: known + fresh + unsure, known, new: fresh, unsure })
      .map(([, text]) => text)
      .join(" · ");
  assert.equal(line(7, 24, 0), "7 of 31 known · 24 new");
  assert.equal(line(31, 0, 0), "31 of 31 known");
  assert.equal(line(0, 31, 0), "31 of 31 new");
  assert.equal(line(7, 0, 24), "7 of 31 known · 24 not fully checked");
  assert.deepEqual(words({ asked: 31, known: 0, new: 0, unsure: 31 }, true), [["unsure", "none of 31 checked"]]);
  assert.equal(line(0, 0, 31), "31 not fully checked", "no all-clear beside a failed source");
});
