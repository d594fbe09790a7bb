// Profiles as our pages see them, and how they change.

import { api } from "../lib/browser.js";
import { fail } from "../lib/faults.js";
import { announce } from "./announce.js";
import { core } from "./core.js";
import { isPermitted } from "./permissions.js";
import * as vaulted from "./vaulted.js";

/** @typedef {import("../types/core.js").Profile} Profile */
/** @typedef {import("../types/messages.js").ProfileView} ProfileView */

/** @returns {Promise<ProfileView[]>} */
export async function views() {
  return Promise.all((await vaulted.all()).map(view));
}

/**
 * @param {vaulted.Stored} stored
 * @returns {Promise<ProfileView>}
 */
async function view({ profile, secretSetAt, host, pattern }) {
  return { ...profile, secretSetAt, host, pattern, permitted: await isPermitted(pattern) };
}

/**
 * @param {Profile} profile an empty id makes a new one, an empty secret keeps the stored one
 * @returns {Promise<ProfileView>}
 */
export async function save(profile) {
  const { secret, ...rest } = await complete(profile);
  const old = rest.id ? await vaulted.get(rest.id) : undefined;
  const origin = await originOf(rest.baseUrl);
  const id = rest.id || crypto.randomUUID();
  const fresh = profile.secret !== "";
  /** @type {vaulted.Stored} */
  const stored = {
    id,
    profile: { ...rest, id, baseUrl: origin.baseUrl },
    sealed: fresh ? await vaulted.sealSecret(id, secret) : (old?.sealed ?? null),
    secretSetAt: fresh ? Date.now() : (old?.secretSetAt ?? 0),
    host: origin.host,
    pattern: origin.pattern,
    createdAt: old?.createdAt ?? Date.now(),
  };
  await vaulted.put(stored);
  await core.reconfigure();
  if (old && old.pattern !== stored.pattern) await letGo(old.pattern);
  announce("profiles");
  return view(stored);
}

/** @param {string} id */
export async function remove(id) {
  const old = await vaulted.get(id);
  await vaulted.remove(id);
  await core.reconfigure();
  if (old) await letGo(old.pattern);
  announce("profiles");
}

/**
 * A profile with its secret, for the core alone.
 *
 * A stored secret goes only to the host for which it was entered: who changes the
 * host has to know it.
 *
 * @param {Profile} profile
 * @returns {Promise<Profile>}
 */
export async function complete(profile) {
  const old = profile.id ? await vaulted.get(profile.id) : undefined;
  if (profile.secret !== "" || !old?.sealed) return profile;
  const origin = await originOf(profile.baseUrl);
  if (origin.host !== old.host) {
    fail("invalid", "The address changed, so the secret must be entered again.", {
      kept: `The secret for ${old.host} is kept, and goes nowhere else.`,
      todo: `Enter the secret for ${origin.host}.`,
    });
  }
  return { ...profile, secret: await vaulted.secretOf(old) };
}

/** @param {string} baseUrl */
export async function originOf(baseUrl) {
  const origin = await core.call("origin", { baseUrl });
  if (origin.problem) fail("invalid", origin.problem, { todo: "Correct the address." });
  return origin;
}

/** Gives a permission back that no profile needs any more. @param {string} pattern */
async function letGo(pattern) {
  const used = (await vaulted.all()).some((stored) => stored.pattern === pattern);
  if (!used && pattern) await api.permissions.remove({ origins: [pattern] }).catch(() => false);
}
