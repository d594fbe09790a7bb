// What differs between Chromium and Firefox, in one place.

/** The WebExtension API: promises in both browsers. @type {typeof chrome} */
export const api = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");

/** "chrome-extension://…/" or "moz-extension://…/". */
export const ownRoot = () => api.runtime.getURL("");

/** The same without the slash at its end. */
export const ownOrigin = () => ownRoot().replace(/\/$/, "");

/**
 * Opens the side panel (Chromium) or the sidebar (Firefox).
 *
 * Must be called in the very task of the user's gesture, before any await: the
 * browsers forget the gesture at the first one.
 *
 * @param {{ windowId?: number | undefined, tabId?: number | undefined }} where Chromium wants one of them
 * @returns {Promise<void>} rejected when the browser saw no gesture
 */
export function openPanel({ windowId, tabId }) {
  try {
    /** @type {undefined | { open(): Promise<void> }} */
    const sidebar = Reflect.get(api, "sidebarAction");
    if (sidebar) return sidebar.open();
    if (windowId !== undefined) return api.sidePanel.open({ windowId });
    if (tabId !== undefined) return api.sidePanel.open({ tabId });
    return Promise.reject(new Error("no window to open the panel in"));
  } catch (cause) {
    return Promise.reject(cause);
  }
}

/**
 * Whether a message comes from one of our own pages or from our background, by
 * what the browser says of the sender and never by what the message says.
 *
 * A content script has our id as well, but the page's address and origin. An
 * absent address or origin is not trusted.
 *
 * @param {chrome.runtime.MessageSender} sender
 */
export function isOwnPage(sender) {
  return (
    sender.id === api.runtime.id &&
    typeof sender.url === "string" &&
    sender.url.startsWith(ownRoot()) &&
    sender.origin === ownOrigin()
  );
}

/**
 * The same for what the background sends: it has no tab, and browsers need not
 * name an origin for it.
 *
 * @param {chrome.runtime.MessageSender} sender
 */
export function isBackground(sender) {
  return sender.id === api.runtime.id && sender.tab === undefined && (sender.url ?? ownRoot()).startsWith(ownRoot());
}
