import assert from "node:assert/strict";
import { test } from "node:test";
import { byStanding, coverage, isComplete, standing } from "./coverage.js";

const a = { type: "ipv4", value: "198.51.100.23" };
const b = { type: "domain", value: "a.example" };
const c = { type: "domain", value: "b.example" };

/**
 * @param {string[]} states
 * @param {Partial<import("../../types/core.js").Answer>} more
 * @returns {import("../../types/core.js").Answer}
 */
const answer = (states, more) => ({
  results: [],
  known: [],
  near: [],
  new: [],
  ...more,
  sources: states.map((state) => ({
    profileId: "p",
    platform: "trustar",
    name: "n",
    state,
    words: "",
    checked: 0,
    total: 0,
    calls: 1,
  })),
});

test("known, new and unsure make up what was asked", () => {
  assert.deepEqual(coverage(answer(["answered", "answered"], { known: [a], new: [b, c] }), 3), {
    asked: 3,
    known: 1,
    near: 0,
    new: 2,
    unsure: 0,
  });
  assert.deepEqual(coverage(answer(["answered"], { known: [a], new: [b] }), 3), {
    asked: 3,
    known: 1,
    near: 0,
    new: 1,
    unsure: 1,
  });
  assert.deepEqual(coverage(answer(["answered"], { known: [a], near: [b], new: [c] }), 3), {
    asked: 3,
    known: 1,
    near: 1,
    new: 1,
    unsure: 0,
  });
});

test("each asked indicator stands in one list; what is said of it twice stands in the surer one", () => {
  const d = { type: "domain", value: "d.example" };
  const full = answer(["answered"], { known: [a], near: [a, b], new: [c] });
  assert.deepEqual(byStanding(full, [d, c, b, a]), { known: [a], near: [b], new: [c], unsure: [d] });
  const half = answer(["partial"], { known: [a], near: [b], new: [c] });
  assert.deepEqual(byStanding(half, [d, c, b, a]).unsure, [d, c], "nothing is new while a source did not answer");
});

test("nothing is new unless every source answered in full", () => {
  for (const states of [
    ["failed"],
    ["answered", "failed"],
    ["answered", "partial"],
    ["answered", "something else"],
    [],
  ]) {
    const half = answer(states, { known: [a], new: [b, c] });
    assert.ok(!isComplete(half), states.join());
    assert.deepEqual(coverage(half, 3), { asked: 3, known: 1, near: 0, new: 0, unsure: 2 });
    assert.equal(standing(half).get("domain|a.example"), undefined);
  }
});

test("standing counts the results that hold an indicator", () => {
  const result = {
    kind: "case",
    profileId: "p",
    platform: "stellarcyber",
    id: "1",
    number: "",
    title: "",
    severity: "",
    status: "",
    owner: "",
    tenant: "",
    score: 0,
    hasScore: false,
    createdAt: 0,
    modifiedAt: 0,
    link: "",
  };
  const standings = standing(
    answer(["answered"], {
      known: [a, b],
      new: [c],
      results: [
        { ...result, matched: [a, b] },
        { ...result, matched: [a] },
      ],
    }),
  );
  assert.deepEqual(Object.fromEntries(standings), {
    "ipv4|198.51.100.23": { state: "known", count: 2 },
    "domain|a.example": { state: "known", count: 1 },
    "domain|b.example": { state: "new", count: 0 },
  });
});
