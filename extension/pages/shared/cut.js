// Where a value may be cut or broken.

/** Values up to this length are never cut. */
const SHORT = 20;
/** At least so much of a cut value's end stays in sight: a top-level domain with its name's end, the end of a hash. */
const TAIL = 12;
/** At most so much, if it can begin at a boundary: a file's name, a query. */
const LONG_TAIL = 20;

/**
 * The two parts of a value that each deserve a line of their own when one line is
 * too short for both: server and path, mailbox and domain, folder and file.
 *
 * @param {string} text
 * @returns {string[]} one or two parts; joined they are the text
 */
export function parts(text) {
  const found =
    /^([a-z][\w*+.-]*(?:\[:\/\/\]|\[:\]\/\/|:\/\/)[^/?#]+)([/?#].+)$/is.exec(text) ??
    /^([^@\s]+?)((?:\[@\]|@).+)$/s.exec(text) ??
    /^((?:\/|[^/\\]*\\).*[\\/]|[^/\\]*\\)([^\\/]+)$/s.exec(text);
  return found?.[1] && found[2] ? [found[1], found[2]] : [text];
}

/**
 * Cuts a part in two: the head may lose its end to an ellipsis, the tail not.
 *
 * @param {string} text
 * @returns {[head: string, tail: string]}
 */
export function ends(text) {
  if (text.length <= SHORT) return [text, ""];
  let at = text.length - TAIL;
  for (const { index } of text.matchAll(/[/\\?&]|\[[.@:]\]|(?<!\[)\./g)) {
    if (index >= text.length - LONG_TAIL && index < at) {
      at = index;
      break;
    }
  }
  if (isLowSurrogate(text.charCodeAt(at))) at -= 1;
  return [text.slice(0, at), text.slice(at)];
}

/** The core gives at most so many characters of a context; shorter ones are whole. */
const CONTEXT = 80;

/**
 * The text before a find without the word that the limit cut in two, and with a
 * sign that there was more.
 *
 * @param {string} text
 */
export const leadIn = (text) => (text.length < CONTEXT ? text : `… ${text.replace(/^\S{0,30}\s+/, "")}`);

/**
 * The text after a find, in the same way.
 *
 * @param {string} text
 */
export const leadOut = (text) => (text.length < CONTEXT ? text : `${text.replace(/\s+\S{0,30}$/, "")} …`);

/** How many columns of a monospace face a text takes; ideographs and the like take two. @param {string} text */
export function columns(text) {
  let count = 0;
  for (const character of text) count += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return count;
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
