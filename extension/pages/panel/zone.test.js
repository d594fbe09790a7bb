import assert from "node:assert/strict";
import { test } from "node:test";
import { join, offsetHere, present, split } from "./zone.js";

test("split and join are each other's inverse", () => {
  for (const iso of ["2026-11-20T08:30:00Z", "2026-07-01T23:59:00+05:30", "2026-01-01T00:00:00-11:00", ""]) {
    const { local, zone } = split(iso);
    assert.equal(join(local, zone), iso, iso);
  }
});

test("the computer's own offset is called local", () => {
  const local = "2026-07-01T12:00";
  const iso = `${local}:00${offsetHere(local)}`;
  if (offsetHere(local) === "+00:00") assert.equal(split(iso).zone, "utc");
  else assert.deepEqual(split(iso), { local, zone: "local" });
  assert.equal(join(local, "local"), iso);
});

test("other writings of a time", () => {
  assert.deepEqual(split("2026-11-20T08:30:15.250+0530"), { local: "2026-11-20T08:30", zone: "+05:30" });
  assert.deepEqual(split("2026-11-20T08:30:00+00:00"), { local: "2026-11-20T08:30", zone: "utc" });
  for (const bad of ["2026-11-20", "2026-11-20T08:30:00", "yesterday"]) {
    assert.deepEqual(split(bad), { local: "", zone: "local" }, bad);
  }
});

test("the present minute", () => {
  const gone = Date.now() - Date.parse(present());
  assert.ok(gone >= 0 && gone < 61_000, String(gone));
});
