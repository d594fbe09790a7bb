import assert from "node:assert/strict";
import { test } from "node:test";
import { isOf } from "./match.js";

test("a job is of a tab only while the page is the same", () => {
  const job = { tabId: 7, url: "https://example.org/report#top" };
  assert.ok(isOf(job, { id: 7, url: "https://example.org/report#end" }));
  assert.ok(isOf(job, { id: 7 }), "an address that the browser keeps from us says nothing");
  assert.ok(!isOf(job, { id: 7, url: "https://example.org/other" }));
  assert.ok(!isOf(job, { id: 8, url: "https://example.org/report" }));
  assert.ok(!isOf(job, undefined));
});
