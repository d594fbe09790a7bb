// A benchmark is fair when what it is run against works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { extract } from "./extractor.mjs";

test("the RegExp extractor finds plain and disguised values with their places", () => {
  const text =
    "See hxxps[:]//bad[.]example[.]com/a/b?c=d, 203.0.113[.]7 and evil[.]example[.]net (or evil.example.org); " +
    "5d41402abc4b2a76b9719d911017c592 from user@mail.example.com, http://198.51.100.1/x.";
  const found = extract(text).map(({ type, value }) => `${type} ${value}`).sort();
  assert.deepEqual(found, [
    "domain evil.example.net",
    "domain evil.example.org",
    "hash32 5d41402abc4b2a76b9719d911017c592",
    "ipv4 203.0.113.7",
    "url http://198.51.100.1/x",
    "url https://bad.example.com/a/b?c=d",
  ]);
  for (const { value, start, end } of extract("x evil.example.org y")) assert.equal("x evil.example.org y".slice(start, end), value);
});
