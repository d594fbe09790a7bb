// The clipboard.

/**
 * Puts text on the clipboard.
 *
 * @param {string} text
 * @returns {Promise<boolean>} false when the browser refuses, e.g. without focus
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
