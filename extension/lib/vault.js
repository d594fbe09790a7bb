// Seals secrets, and the index of cases and alerts, before they are stored.
//
// AES-GCM under a key that the browser keeps and does not hand out. That keeps
// plain text out of files and scripts from carrying the key away; it does not stop
// somebody who copies the whole browser profile, key and all.

import { done, transact } from "./database.js";

const keyName = "vault-1";

/** The format of a Sealed; part of what is authenticated. */
const version = 1;

/**
 * @typedef {object} Sealed
 * @property {number} version
 * @property {Uint8Array<ArrayBuffer>} iv 12 random bytes, new for every sealing
 * @property {ArrayBuffer} data the cipher text with its tag
 */

/**
 * The key, made at its first use.
 *
 * @returns {Promise<CryptoKey>}
 */
async function key() {
  /** @type {CryptoKey | undefined} */
  const stored = await transact(["keys"], "readonly", (store) => done(store("keys").get(keyName)));
  if (stored) return stored;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return transact(["keys"], "readwrite", async (store) => {
    // Another context may have been quicker, and secrets sealed with its key.
    /** @type {CryptoKey | undefined} */
    const other = await done(store("keys").get(keyName));
    if (other) return other;
    await done(store("keys").add(fresh, keyName));
    return fresh;
  });
}

/**
 * Binds what is sealed to its place, so that it opens nowhere else.
 *
 * @param {string} owner
 * @param {string} field
 */
export function place(owner, field) {
  return new TextEncoder().encode(JSON.stringify(["sightline", version, owner, field]));
}

/**
 * @param {CryptoKey} under
 * @param {string} owner
 * @param {string} field
 * @param {BufferSource} bytes
 * @returns {Promise<Sealed>}
 */
export async function sealBytesWith(under, owner, field, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: "AES-GCM", iv, additionalData: place(owner, field) };
  return { version, iv, data: await crypto.subtle.encrypt(algorithm, under, bytes) };
}

/**
 * @param {CryptoKey} under
 * @param {string} owner
 * @param {string} field
 * @param {Sealed} sealed
 * @returns {Promise<Uint8Array<ArrayBuffer>>} rejected when it was sealed elsewhere, or changed
 */
export async function openBytesWith(under, owner, field, sealed) {
  if (sealed.version !== version) throw new Error("sealed by another version");
  const algorithm = { name: "AES-GCM", iv: sealed.iv, additionalData: place(owner, field) };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, under, sealed.data));
}

/**
 * @param {CryptoKey} under
 * @param {string} owner
 * @param {string} field
 * @param {string} secret
 * @returns {Promise<Sealed>}
 */
export const sealWith = (under, owner, field, secret) => sealBytesWith(under, owner, field, new TextEncoder().encode(secret));

/**
 * @param {CryptoKey} under
 * @param {string} owner
 * @param {string} field
 * @param {Sealed} sealed
 * @returns {Promise<string>} rejected when it was sealed elsewhere, or changed
 */
export const openWith = async (under, owner, field, sealed) => new TextDecoder().decode(await openBytesWith(under, owner, field, sealed));

/**
 * @param {string} owner whose secret: the profile's id
 * @param {string} field which of its secrets
 * @param {string} secret
 */
export const seal = async (owner, field, secret) => sealWith(await key(), owner, field, secret);

/**
 * The secret, or "" when it can no longer be opened: then it must be entered again,
 * which is all that a lost key may cost.
 *
 * @param {string} owner
 * @param {string} field
 * @param {Sealed | null} sealed
 */
export async function unseal(owner, field, sealed) {
  if (!sealed) return "";
  const under = await key();
  return openWith(under, owner, field, sealed).catch(() => "");
}

/**
 * @param {string} owner
 * @param {string} field
 * @param {BufferSource} bytes
 */
export const sealBytes = async (owner, field, bytes) => sealBytesWith(await key(), owner, field, bytes);

/**
 * The bytes, or null when they cannot be opened: the key is another one, or what was
 * stored has changed.
 *
 * @param {string} owner
 * @param {string} field
 * @param {Sealed} sealed
 */
export async function unsealBytes(owner, field, sealed) {
  const under = await key();
  return openBytesWith(under, owner, field, sealed).catch(() => null);
}
