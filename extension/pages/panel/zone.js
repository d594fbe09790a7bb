// A time with its zone, between the form's two fields and ISO-8601.

/** "local", "utc", or an offset of the draft's own such as "+05:30". @typedef {string} Zone */

const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Takes a draft's time apart.
 *
 * @param {string} iso ISO-8601 with a zone; "" gives empty fields
 * @returns {{ local: string, zone: Zone }} local as a datetime-local field wants it, to the minute
 */
export function split(iso) {
  const found = parts.exec(iso);
  if (!found?.[1] || !found[2]) return { local: "", zone: "local" };
  const [, local, written] = found;
  if (written === "Z" || written === "+00:00") return { local, zone: "utc" };
  const offset = written.includes(":") ? written : `${written.slice(0, 3)}:${written.slice(3)}`;
  return { local, zone: offset === offsetHere(local) ? "local" : offset };
}

/**
 * Puts it together again.
 *
 * @param {string} local as a datetime-local field gives it; "" is no time
 * @param {Zone} zone
 */
export function join(local, zone) {
  if (local === "") return "";
  const minutes = local.slice(0, 16);
  if (zone === "utc") return `${minutes}:00Z`;
  return `${minutes}:00${zone === "local" ? offsetHere(minutes) : zone}`;
}

/** The present minute. */
export function present() {
  const now = new Date();
  const here = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  return join(here, "local");
}

/**
 * The offset of this computer's zone at a local time, e.g. "+02:00": it depends on
 * the date, since clocks are changed in summer.
 *
 * @param {string} local
 */
export function offsetHere(local) {
  const date = local === "" ? new Date() : new Date(local);
  const east = Number.isNaN(date.getTime()) ? 0 : -date.getTimezoneOffset();
  const sign = east < 0 ? "-" : "+";
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${sign}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
}
