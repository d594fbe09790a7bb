// The last look-up, kept until the browser closes: a panel that is closed and opened
// must not ask the platforms again, and the popup shows how many are known.

import { recall, remember } from "./session.js";

/** @typedef {import("../../types/core.js").Answer} Answer */
/** @typedef {import("../../types/core.js").Reference} Reference */
/** @typedef {{ answer: Answer, asked: Reference[], at: number }} Answered what was asked, what came back, and when */

const KEY = "answered";

/**
 * @param {string} jobId
 * @param {Answered} answered
 */
export const rememberAnswer = (jobId, answered) => remember(KEY, { jobId, ...answered });

/**
 * The answer for a job, null if that was not the one last asked for.
 *
 * @param {string} jobId "" is no job
 * @returns {Promise<Answered | null>}
 */
export async function recallAnswer(jobId) {
  const nothing = /** @type {(Answered & { jobId: string }) | null} */ (null);
  const kept = await recall(KEY, nothing);
  return kept && jobId !== "" && kept.jobId === jobId ? kept : null;
}
