// Times, sizes and addresses as people read them.

import { locale, t, tn } from "./i18n.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago it was: "now", "5 min ago", "3 hr ago", "2 days ago"; after 30 days the date.
 *
 * @param {number} then milliseconds since 1970; 0 is unknown and gives ""
 * @param {number} now
 */
export function age(then, now) {
  if (then === 0) return "";
  const gone = now - then;
  // A clock that runs ahead of ours is no reason to write "in 3 seconds".
  if (gone < MINUTE) return t("justNow");
  const words = new Intl.RelativeTimeFormat(locale(), { style: "short", numeric: "always" });
  if (gone < HOUR) return words.format(-Math.floor(gone / MINUTE), "minute");
  if (gone < DAY) return words.format(-Math.floor(gone / HOUR), "hour");
  if (gone < 30 * DAY) return words.format(-Math.floor(gone / DAY), "day");
  return day(then);
}

/** The day, e.g. "22 Nov 2026". @param {number} at milliseconds since 1970 */
export const day = (at) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(at);

/** Day and time to the minute. @param {number} at milliseconds since 1970 */
export const moment = (at) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at);

/** The time of day if it is today's, day and time otherwise. @param {number} at milliseconds since 1970 @param {number} now */
export const when = (at, now) => (day(at) === day(now) ? clock(at) : moment(at));

/** The time of day to the minute. @param {number} at milliseconds since 1970 */
export const clock = (at) => new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(at);

/** An exact size: "2,184 bytes". @param {number} count */
export const bytes = (count) => tn("bytes", count);

/** A rough size: "340 kB", "1.2 MB". @param {number} count of bytes */
export function size(count) {
  const [value, unit] = count < 1e6 ? [count / 1e3, "kilobyte"] : count < 1e9 ? [count / 1e6, "megabyte"] : [count / 1e9, "gigabyte"];
  return inUnit(value, unit, value < 10 ? 1 : 0);
}

/** A rough time: "45 sec", "25 min", "3 hr", "2 days". @param {number} ms */
export function duration(ms) {
  if (ms < MINUTE) return inUnit(Math.max(Math.ceil(ms / 1000), 1), "second");
  if (ms < 90 * MINUTE) return inUnit(Math.round(ms / MINUTE), "minute");
  if (ms < 36 * HOUR) return inUnit(Math.round(ms / HOUR), "hour");
  return inUnit(Math.round(ms / DAY), "day");
}

/**
 * @param {number} value
 * @param {string} unit
 * @param {number} [digits] behind the point, at most
 */
const inUnit = (value, unit, digits = 0) =>
  new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(value);

/** A rough length of text: "1,200 characters", "34 K characters". @param {number} units UTF-16 units */
export function length(units) {
  if (units < 10_000) return tn("characters", units);
  return t("charactersK", new Intl.NumberFormat(locale()).format(Math.round(units / 1000)));
}

/**
 * The host of an address, "" if it has none. Of a page's address only the host is
 * shown: it is what cannot be made up by the page.
 *
 * @param {string} address
 */
export function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return "";
  }
}

/**
 * The address if a link may lead there, "" otherwise: platforms' answers are
 * not trusted, and a link may run a script.
 *
 * @param {string} address
 */
export function safeLink(address) {
  try {
    const { protocol } = new URL(address);
    return protocol === "https:" || protocol === "http:" ? address : "";
  } catch {
    return "";
  }
}
