// The context menu, the shortcut, and the gesture that both of them are.

import { api, openPanel } from "../lib/browser.js";
import * as jobs from "./jobs.js";

/** @typedef {import("../types/messages.js").Intent} Intent */

/** Static items: a menu that is built after selecting comes too late. @type {{ id: Intent, title: string }[]} */
const items = [
  { id: "preview", title: "menuPreview" },
  { id: "report", title: "menuReport" },
  { id: "related", title: "menuRelated" },
];

/** Makes the items anew; called at installation and at every update. */
export function create() {
  api.contextMenus.removeAll(() => {
    for (const { id, title } of items) {
      api.contextMenus.create({ id, title: api.i18n.getMessage(title), contexts: ["selection", "page"] });
    }
  });
}

/**
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 */
export function clicked(info, tab) {
  const intent = items.find((item) => item.id === info.menuItemId)?.id;
  if (intent) look(tab, intent, info.selectionText ?? "");
}

/**
 * @param {string} command
 * @param {chrome.tabs.Tab | undefined} tab
 */
export function pressed(command, tab) {
  if (command === "preview") look(tab, "preview", "");
}

/**
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {Intent} intent
 * @param {string} selectionText the browser's own copy of the selection, for frames that we cannot read
 */
function look(tab, intent, selectionText) {
  // First and in this very turn, while the browser still sees the gesture.
  openPanel({ windowId: tab?.windowId, tabId: tab?.id }).catch(() => {
    // No panel here (a popup window, say); the badge still shows the count.
  });
  void jobs.begin({ tabId: tab?.id ?? 0, scope: "auto", intent, selectionText });
}
