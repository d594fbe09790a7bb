// The small pure parts of the background.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countText } from "./badge.js";
import { refusal, withRefused } from "./coverage.js";
import { spansByFrame } from "./highlights.js";
import { newest } from "./records.js";

test("a count fits the icon", () => {
  for (const [count, text] of /** @type {[number, string][]} */ ([
    [0, "0"],
    [7, "7"],
    [999, "999"],
    [1000, "1k"],
    [12_345, "12k"],
    [10_000_000, "99k"],
  ])) {
    assert.equal(countText(count), text);
  }
});

test("spans are sorted by frame, and those of a copied selection have none", () => {
  const finds = /** @type {any} */ ([{ spans: [0, 1, 5, 1, 2, 6] }, { spans: [0, 7, 9] }]);
  assert.deepEqual(
    spansByFrame(finds, [
      { frameId: 0, map: "a" },
      { frameId: 42, map: "b" },
    ]),
    [
      { frameId: 0, map: "a", spans: [1, 5, 7, 9] },
      { frameId: 42, map: "b", spans: [2, 6] },
    ],
  );
  assert.deepEqual(spansByFrame(finds, []), []);
});

test("the present draft is the one that was touched last", () => {
  const drafts = /** @type {any} */ ([
    { id: "a", savedAt: 1 },
    { id: "b", savedAt: 3 },
    { id: "c", savedAt: 2 },
  ]);
  assert.equal(newest(drafts)?.id, "b");
  assert.equal(newest([]), null);
});

test("nothing is new while a source was not asked", () => {
  const reference = { type: "ipv4", value: "192.0.2.1" };
  const answer = /** @type {any} */ ({ results: null, sources: [], known: [], new: [reference] });
  assert.deepEqual(withRefused(answer, []).new, [reference]);
  const source = refusal(/** @type {any} */ ({ id: "p1", host: "api.example", profile: { platform: "trustar", name: "Mine" } }));
  const refused = withRefused(answer, [source]);
  assert.deepEqual(refused.new, []);
  assert.deepEqual(refused.sources, [source]);
  assert.deepEqual(refused.results, []);
  assert.equal(source.state, "failed");
  assert.match(source.words, /api\.example/);
});
