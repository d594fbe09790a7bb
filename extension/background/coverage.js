// What a look-up may claim when the browser kept us from asking a platform.

/** @typedef {import("../types/core.js").Answer} Answer */
/** @typedef {import("../types/core.js").SourceState} SourceState */
/** @typedef {import("./vaulted.js").Stored} Stored */

/**
 * Adds the sources that the browser kept us from. While one source did not answer,
 * nothing may be called new.
 *
 * @param {Answer} answer
 * @param {SourceState[]} refused
 * @returns {Answer}
 */
export function withRefused(answer, refused) {
  const { results, sources, known, near } = answer;
  const fresh = refused.length > 0 ? [] : answer.new;
  return { results: results ?? [], sources: [...(sources ?? []), ...refused], known: known ?? [], new: fresh ?? [], near: near ?? [] };
}

/**
 * @param {Stored} stored
 * @returns {SourceState}
 */
export function refusal({ id, profile, host }) {
  const words = `Not asked: the browser does not let Sightline reach ${host}. Save the profile again in Sightline's options to allow it.`;
  return {
    profileId: id,
    platform: profile.platform,
    name: profile.name,
    state: "failed",
    words,
    checked: 0,
    total: 0,
    calls: 0,
    indexed: false,
    indexState: "",
    asOf: 0,
  };
}
