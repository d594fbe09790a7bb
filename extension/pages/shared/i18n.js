// Words for people, from _locales.

import { api } from "../../lib/browser.js";

/** The language that the browser shows itself in, e.g. "de". */
export const locale = () => api.i18n.getUILanguage();

/**
 * The message with this key; $1 … $9 stand for the substitutions.
 *
 * @param {string} key
 * @param {...(string | number)} with_
 */
export function t(key, ...with_) {
  return api.i18n.getMessage(key, with_.map(String));
}

/**
 * The message for so many things: key_one or key_other, as the language counts.
 * $1 is the number, written as the language writes numbers.
 *
 * @param {string} key
 * @param {number} count
 * @param {...(string | number)} with_ $2 …
 */
export function tn(key, count, ...with_) {
  // The two forms that messages.json holds are enough for English and German; a
  // language with more falls back to its "other".
  const form = new Intl.PluralRules(locale()).select(count) === "one" ? "one" : "other";
  return t(`${key}_${form}`, number(count), ...with_);
}

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(locale()).format(value);

/** Tells assistive technology which language the page is in, and names the tab. @param {string} titleKey */
export function nameDocument(titleKey) {
  document.documentElement.lang = t("language");
  document.title = t(titleKey);
}
