import assert from "node:assert/strict";
import { test } from "node:test";
import { openWith, sealWith } from "./vault.js";

const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
const secret = "canary-8f14e45f";

test("a sealed secret opens in its own place alone", async () => {
  const sealed = await sealWith(key, "p1", "secret", secret);
  assert.equal(await openWith(key, "p1", "secret", sealed), secret);
  await assert.rejects(openWith(key, "p2", "secret", sealed), "another profile");
  await assert.rejects(openWith(key, "p1", "token", sealed), "another field");
  await assert.rejects(openWith(key, "p1", "secret", { ...sealed, version: 2 }), "another version");
  const other = await sealWith(key, "p1", "secret", "other");
  await assert.rejects(openWith(key, "p1", "secret", { ...sealed, iv: other.iv }), "another sealing");
});

test("a changed byte is noticed", async () => {
  const sealed = await sealWith(key, "p1", "secret", secret);
  for (let at = 0; at < sealed.data.byteLength; at++) {
    const data = new Uint8Array(sealed.data.slice(0));
    data[at] = (data[at] ?? 0) ^ 1;
    await assert.rejects(openWith(key, "p1", "secret", { ...sealed, data: data.buffer }), `byte ${at}`);
  }
});

test("no two sealings share their random bytes, and none shows the secret", async () => {
  const seen = new Set();
  for (let i = 0; i < 2000; i++) {
    const { iv, data } = await sealWith(key, "p1", "secret", secret);
    assert.equal(iv.length, 12);
    seen.add(iv.join());
    assert.ok(!Buffer.from(data).includes(secret));
  }
  assert.equal(seen.size, 2000);
});

test("the place cannot be confused by what stands in it", async () => {
  const sealed = await sealWith(key, 'a","b', "c", secret);
  await assert.rejects(openWith(key, "a", 'b","c', sealed));
});
