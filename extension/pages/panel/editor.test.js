import "../shared/support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Editor, PAUSE } from "./editor.js";

/** @typedef {import("../../types/core.js").Draft} Draft */

/** @type {Draft} */
const draft = {
  id: "0".repeat(32),
  profileId: "p",
  title: "t",
  body: "b",
  timeBegan: "2026-11-20T08:30:00Z",
  distribution: "COMMUNITY",
  enclaveIds: [],
  externalUrl: "",
  indicators: [],
  createdAt: 1,
  updatedAt: 1,
};

const prepared = (/** @type {string} */ hash) => ({
  method: "POST",
  url: "https://a/",
  host: "a",
  body: "{}",
  bytes: 2,
  hash,
});

/** An editor over a disk and a core that can be told to fail. */
function made() {
  const saved = /** @type {Draft[]} */ ([]);
  const port = {
    broken: false,
    save: async (/** @type {Draft} */ draft) => {
      if (port.broken) throw new Error("disk full");
      saved.push(draft);
      return { savedAt: saved.length };
    },
    check: async (/** @type {Draft} */ { title }) => ({
      problems: title === "" ? [{ field: "title", words: "A title is required." }] : [],
      prepared: prepared(title === "" ? "" : `hash of ${title}`),
      indicators: [],
    }),
    changed: () => undefined,
    now: () => 42,
    present: () => "2026-11-22T10:00:00Z",
  };
  const editor = new Editor(port);
  editor.adopt(draft);
  return { editor, port, saved };
}

/** Lets everything that is due happen. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test("an edit is saved after a pause, and only the last one", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { editor, saved } = made();
  editor.edit({ title: "a" });
  context.mock.timers.tick(PAUSE - 1);
  editor.edit({ title: "ab" });
  context.mock.timers.tick(PAUSE - 1);
  assert.equal(saved.length, 0);
  assert.ok(editor.dirty);
  context.mock.timers.tick(1);
  await settle();
  assert.deepEqual(
    saved.map(({ title, updatedAt }) => [title, updatedAt]),
    [["ab", 42]],
  );
  assert.ok(!editor.dirty);
});

test("it may be filed only while the check is of the text as it stands", async () => {
  const { editor } = made();
  await settle();
  assert.ok(editor.fileable);
  editor.edit({ title: "other" });
  assert.ok(!editor.fileable, "the bytes shown are of the old text");
  await editor.flush();
  assert.ok(editor.fileable);
  assert.equal(editor.checked?.prepared.hash, "hash of other");
  editor.edit({ title: "" });
  await editor.flush();
  assert.ok(editor.settled && !editor.fileable);
});

test("what could not be saved stays dirty and is tried again", async () => {
  const { editor, port, saved } = made();
  port.broken = true;
  editor.edit({ body: "precious" });
  await editor.flush();
  assert.ok(editor.dirty);
  assert.equal(editor.fault?.kind, "internal");
  port.broken = false;
  await editor.flush();
  assert.equal(saved.at(-1)?.body, "precious");
  assert.equal(editor.fault, null);
});

test("the background's copy of the same draft does not undo what is typed", () => {
  const { editor } = made();
  editor.edit({ title: "typed" });
  editor.adopt(draft);
  assert.equal(editor.draft?.title, "typed");
  editor.adopt({ ...draft, id: "1".repeat(32), title: "another" });
  assert.equal(editor.draft?.title, "another");
});

test("a draft that was filed is not saved again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { editor, saved } = made();
  editor.edit({ title: "late" });
  editor.adopt(null);
  context.mock.timers.tick(PAUSE * 2);
  await editor.flush();
  assert.equal(saved.length, 0);
});

test("a draft without a time gets the present one, or its bytes would never stand still", async () => {
  const { editor, saved } = made();
  editor.adopt({ ...draft, id: "2".repeat(32), timeBegan: "" });
  assert.equal(editor.draft?.timeBegan, "2026-11-22T10:00:00Z");
  await editor.flush();
  assert.equal(saved.at(-1)?.timeBegan, "2026-11-22T10:00:00Z");
  editor.edit({ timeBegan: "" });
  assert.equal(editor.draft?.timeBegan, "2026-11-22T10:00:00Z");
});
