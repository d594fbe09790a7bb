// A Fault is a failure in the user's words: what happened, what was kept, what to do.

//
// Most come from the core, whose kinds are listed in core/bridge. The browser adds
// four of its own:
//
//   restricted   the browser does not let us read this page
//   permission   the browser does not let us reach this host
//   storage      the browser did not keep what it was given
//   stale        what was asked about is no longer there, e.g. the page went on

/** @typedef {import("../types/core.js").Fault} Fault */

/** An Error that carries a Fault through throw and catch. */
export class FaultError extends Error {
  /** @param {Fault} fault */
  constructor(fault) {
    super(fault.what);
    this.name = "FaultError";
    this.fault = fault;
  }
}

/**
 * Makes a Fault; what is not given is empty.
 *
 * @param {string} kind one of bridge's Fault constants
 * @param {string} what
 * @param {Partial<Fault>} [more]
 * @returns {Fault}
 */
export function makeFault(kind, what, more = {}) {
  return { kind, what, kept: "", todo: "", detail: "", status: 0, waitMs: 0, ...more };
}

/**
 * Throws a Fault.
 *
 * @param {string} kind
 * @param {string} what
 * @param {Partial<Fault>} [more]
 * @returns {never}
 */
export function fail(kind, what, more) {
  throw new FaultError(makeFault(kind, what, more));
}

/**
 * Whatever was thrown, as a Fault. An Error of the browser becomes kind "internal":
 * its message goes into the detail, which a person copies into a bug report.
 *
 * @param {unknown} thrown
 * @returns {Fault}
 */
export function faultOf(thrown) {
  if (thrown instanceof FaultError) return thrown.fault;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return makeFault("internal", "Sightline made a mistake.", {
    todo: "Try again; if it happens again, report it with the detail below.",
    detail: detail.slice(0, 500),
  });
}
