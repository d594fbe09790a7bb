// Where a value may be cut or broken.

/** Values up to this length are never cut. */
const SHORT = 20;
/** So much of a cut value's end always stays in sight: the registered domain, the end of a hash. */
const TAIL = 10;

/**
 * Cuts a value in two: the head may lose its end to an ellipsis, the tail not.
 *
 * @param {string} text
 * @returns {[head: string, tail: string]}
 */
export function ends(text) {
  if (text.length <= SHORT) return [text, ""];
  let at = text.length - TAIL;
  if (isLowSurrogate(text.charCodeAt(at))) at -= 1;
  return [text.slice(0, at), text.slice(at)];
}

/**
 * The pieces between which a value may be broken over lines: after a dot, a slash
 * and the like, and every eight characters of a long run of hexadecimal digits.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function pieces(text) {
  if (/^[0-9a-f]{32,}$/i.test(text)) return text.match(/.{1,8}/g) ?? [];
  return text.match(/.*?(?:\[\.\]|\[@\]|\[:\]|[/\\?&=@.:]+)|.+$/gsu) ?? [];
}

/** @param {number} unit a UTF-16 code unit */
const isLowSurrogate = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
