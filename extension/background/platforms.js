// What is asked of the platforms on behalf of a page: enclaves, a test, what is related.

import { api } from "../lib/browser.js";
import { fail, makeFault, FaultError } from "../lib/faults.js";
import { core } from "./core.js";
import { refusal, withRefused } from "./coverage.js";
import { isPermitted, requirePermission } from "./permissions.js";
import * as profiles from "./profiles.js";
import * as vaulted from "./vaulted.js";

/** @typedef {import("../types/core.js").Answer} Answer */
/** @typedef {import("../types/core.js").Reference} Reference */

/** @param {string} profileId */
export async function enclaves(profileId) {
  const stored = await vaulted.get(profileId);
  if (!stored) fail("profile", "This profile is gone.", { todo: "Choose another one." });
  await requirePermission({ name: stored.profile.name, host: stored.host, pattern: stored.pattern });
  return (await core.call("enclaves", { profileId })).enclaves ?? [];
}

/** @param {import("../types/core.js").Profile} profile */
export async function test(profile) {
  const { host, pattern } = await profiles.originOf(profile.baseUrl);
  await requirePermission({ name: profile.name, host, pattern });
  return core.call("test", { profile: await profiles.complete(profile) });
}

/** The look-up that is under way. @type {{ key: string, answer: Promise<Answer>, stop: AbortController } | null} */
let running = null;

/**
 * Asks all platforms. The same question asked twice is asked once; a new question
 * ends the old one.
 *
 * @param {Reference[]} indicators
 * @returns {Promise<Answer>}
 */
export function related(indicators) {
  const key = JSON.stringify(indicators);
  if (running?.key === key) return running.answer;
  cancelRelated();
  const stop = new AbortController();
  const answer = lookUp(indicators, stop.signal).finally(() => {
    if (running?.stop === stop) running = null;
  });
  running = { key, answer, stop };
  return answer;
}

export function cancelRelated() {
  running?.stop.abort();
  running = null;
}

/**
 * @param {Reference[]} indicators
 * @param {AbortSignal} signal
 */
async function lookUp(indicators, signal) {
  const stored = await vaulted.all();
  const permitted = await Promise.all(stored.map((one) => isPermitted(one.pattern)));
  const profileIds = stored.filter((_, i) => permitted[i]).map((one) => one.id);
  const refused = stored.filter((_, i) => !permitted[i]);
  if (signal.aborted) throw new FaultError(makeFault("cancelled", "Stopped."));
  // No ids would mean all profiles.
  const asked = profileIds.length > 0 || stored.length === 0;
  /** @type {Answer} */
  const answer = asked ? await ask(indicators, profileIds, signal) : { results: [], sources: [], known: [], new: [], near: [] };
  return withRefused(answer, refused.map(refusal));
}

/** Where the core's memory of former answers is kept: until the browser closes, and never on the disk. */
const memoryKey = "remembered";

/**
 * @param {Reference[]} indicators
 * @param {string[]} profileIds
 * @param {AbortSignal} signal
 */
async function ask(indicators, profileIds, signal) {
  const { [memoryKey]: kept } = await api.storage.session.get(memoryKey);
  const { answer, remembered } = await core.call("related", { indicators, profileIds, remembered: typeof kept === "string" ? kept : "" }, signal);
  // Where there is no room, the platforms are asked again.
  await api.storage.session.set({ [memoryKey]: remembered }).catch(() => forgetAnswers());
  return answer;
}

/** What the platforms said may be other by now: a profile was changed, or a report filed. */
export const forgetAnswers = () => api.storage.session.remove(memoryKey);
