// Profiles as they are stored: the secret sealed, beside the rest.

import { done, transact } from "../lib/database.js";
import { seal, unseal } from "../lib/vault.js";

/** @typedef {import("../types/core.js").Profile} Profile */
/** @typedef {import("../lib/vault.js").Sealed} Sealed */

/**
 * @typedef {object} Stored
 * @property {string} id
 * @property {Omit<Profile, "secret">} profile
 * @property {Sealed | null} sealed null when there is no secret
 * @property {number} secretSetAt milliseconds since 1970; 0 when there is no secret
 * @property {string} host in ASCII, as the core read it from the base URL
 * @property {string} pattern the match pattern that must be granted
 * @property {number} createdAt milliseconds since 1970
 */

/** @returns {Promise<Stored[]>} oldest first */
export async function all() {
  /** @type {Stored[]} */
  const stored = await transact(["profiles"], "readonly", (store) => done(store("profiles").getAll()));
  return stored.sort((a, b) => a.createdAt - b.createdAt);
}

/**
 * @param {string} id
 * @returns {Promise<Stored | undefined>}
 */
export function get(id) {
  return transact(["profiles"], "readonly", (store) => done(store("profiles").get(id)));
}

/** @param {Stored} stored */
export async function put(stored) {
  await transact(["profiles"], "readwrite", (store) => done(store("profiles").put(stored)));
}

/** @param {string} id */
export async function remove(id) {
  await transact(["profiles"], "readwrite", (store) => done(store("profiles").delete(id)));
}

/**
 * @param {string} id
 * @param {string} secret
 */
export const sealSecret = (id, secret) => seal(id, "secret", secret);

/** @param {Stored} stored */
export const secretOf = (stored) => unseal(stored.id, "secret", stored.sealed);

/**
 * The profiles for the core. What comes from here goes nowhere else: not into a
 * message, not into an error, not into a log.
 *
 * @returns {Promise<Profile[]>}
 */
export async function withSecrets() {
  const stored = await all();
  return Promise.all(stored.map(async (one) => ({ ...one.profile, secret: await secretOf(one) })));
}
