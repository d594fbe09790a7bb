import "./support.test.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { t } from "./i18n.js";
import { idText, oddIds, parseIds } from "./ids.js";

const a = "7f2d0c1e-6b1f-4c0a-9d7e-2a51c3b0e4f8";
const b = "0a31d2c4-11aa-4f10-8d5c-5f6a1b2c3d4e";

test("ids are read one a line or separated by commas, each once", () => {
  for (const text of [`${a}\n${b}`, `${a},${b}`, ` ${a} ,\r\n ${b}\n`, `${a}; ${b}; ${a}`, `,\n${a}\n\n${b},,`]) {
    assert.deepEqual(parseIds(text), [a, b], JSON.stringify(text));
  }
  assert.deepEqual(parseIds(" \n , "), []);
  assert.deepEqual(parseIds("Threat Intel"), ["Threat Intel"], "a name stays one entry, so that it can be told");
});

test("what is typed stays as it was typed while it means the same ids", () => {
  assert.equal(idText([a], `${a}, `), `${a}, `);
  assert.equal(idText([a, b], `${a},${b}`), `${a},${b}`);
  assert.equal(idText([b], a), b, "another draft's ids replace it");
  assert.equal(idText([a, b], ""), `${a}\n${b}`);
  assert.equal(idText([], ""), "");
});

test("names are told from ids", () => {
  assert.deepEqual(oddIds([a, b.toUpperCase()]), []);
  assert.match(t("oddIds", "Threat Intel"), /Threat Intel/);
  assert.deepEqual(oddIds(["Threat Intel", a, a.slice(1)]), ["Threat Intel", a.slice(1)]);
});
