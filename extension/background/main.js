// The background: a service worker in Chromium, an event page in Firefox.
//
// Listeners alone, all registered in the first turn: a listener that is added after
// an await misses the event that woke us. Nothing here is kept in memory that cannot
// be lost at any moment.

import { api } from "../lib/browser.js";
import { announce } from "./announce.js";
import * as index from "./index.js";
import * as jobs from "./jobs.js";
import * as menus from "./menus.js";
import * as outbox from "./outbox.js";
import { answer } from "./router.js";

api.runtime.onInstalled.addListener(() => {
  menus.create();
  void jobs.forgetOld();
});
api.runtime.onStartup.addListener(() => void jobs.forgetOld());

api.runtime.onMessage.addListener(answer);

api.contextMenus.onClicked.addListener((info, tab) => menus.clicked(info, tab));
api.commands.onCommand.addListener((command, tab) => menus.pressed(command, tab));

api.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === outbox.alarmName) void outbox.flush();
  if (alarm.name === jobs.alarmName) void jobs.settle();
  if (alarm.name === index.alarmName) void index.run();
});
api.permissions.onAdded.addListener(() => {
  void outbox.permitted();
  void index.permissionsChanged();
});
api.permissions.onRemoved.addListener(() => {
  announce("profiles");
  void index.permissionsChanged();
});
globalThis.addEventListener("online", () => void outbox.flush());

// Every start may follow a death: alarms may be gone, items half sent, a page half read.
// Whoever woke us goes first.
setTimeout(() => {
  void outbox.resume();
  void jobs.settle();
  void index.resume();
}, 300);
