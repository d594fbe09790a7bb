import assert from "node:assert/strict";
import { test } from "node:test";
import { Choice } from "./choice.js";
import { drawnOrder, plain, sift } from "./filter.js";

/** @typedef {import("../../types/core.js").PreviewIndicator} Indicator */

/**
 * @param {string} type
 * @param {string} value
 * @param {string} [held]
 * @returns {Indicator}
 */
const find = (type, value, held = "") => ({
  key: `${type}|${value}`,
  type,
  value,
  held,
  label: type.toUpperCase(),
  defanged: value.replaceAll(".", "[.]"),
  trustar: "",
  spans: [],
  original: value,
  before: "",
  after: "",
  steps: [],
  flags: [],
  heldWords: held,
});

const indicators = [
  find("ipv4", "198.51.100.23"),
  find("domain", "a.example"),
  find("ipv4", "10.0.0.1", "private"),
  find("ipv4", "203.0.113.7"),
  find("url", "http://a.example/x"),
];

test("groups are in the order of the page, held-back ones apart", () => {
  const sifted = sift(indicators, { query: "", type: "" });
  assert.deepEqual(
    sifted.groups.map(({ type, items }) => [type, items.length]),
    [
      ["ipv4", 2],
      ["domain", 1],
      ["url", 1],
    ],
  );
  assert.deepEqual(
    sifted.held.map(({ value }) => value),
    ["10.0.0.1"],
  );
  assert.equal(sifted.shown, 5);
  assert.equal(drawnOrder(sifted, false).length, 4);
  assert.equal(drawnOrder(sifted, true).at(-1), "ipv4|10.0.0.1");
});

test("filters", () => {
  /** @type {[string, string, number][]} query, type, how many */
  const table = [
    ["a.example", "", 2],
    ["A[.]Example", "", 2],
    ["hxxp://a[.]example", "", 1],
    ["a(dot)example", "", 2],
    ["  ipv4 ", "", 3],
    ["", "ipv4", 3],
    ["203", "ipv4", 1],
    ["nothing like it", "", 0],
  ];
  for (const [query, type, shown] of table) assert.equal(sift(indicators, { query, type }).shown, shown, query || type);
});

test("plain undoes the common disguises", () => {
  assert.equal(plain("hXXps[:]//a[.]b[.]c"), "https://a.b.c");
  assert.equal(plain("user[@]a[dot]b"), "user@a.b");
});

test("all is kept but what is held back, until it is said otherwise", () => {
  const choice = new Choice();
  assert.equal(choice.kept(indicators).length, 4);
  const [first, , held] = /** @type {[Indicator, Indicator, Indicator]} */ (indicators);
  choice.set(first, false);
  choice.set(held, true);
  assert.deepEqual(
    choice.kept(indicators).map(({ value }) => value),
    ["a.example", "10.0.0.1", "203.0.113.7", "http://a.example/x"],
  );
  const again = new Choice(choice.stored());
  assert.deepEqual(again.kept(indicators), choice.kept(indicators));
  again.set(first, true);
  again.set(held, false);
  assert.deepEqual(again.stored(), { dropped: [], added: [] });
});
