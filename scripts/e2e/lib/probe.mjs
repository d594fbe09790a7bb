// A copy of the extension that notes when each part of its work begins and ends.
//
// The product carries no stop-watches: the copy wraps the browser's own functions
// before any of our modules runs, and is thrown away after the measurement.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs in the copy's background before everything else. Times are milliseconds since 1970. */
function watchBackground(collected) {
  const now = () => performance.timeOrigin + performance.now();
  const notes = [];
  globalThis.probe = { notes, origin: performance.timeOrigin, begun: now(), evaluated: 0 };
  const note = (name, from) => notes.push({ name, from, to: now() });

  const wrap = (object, key, name, instead, look = () => {}) => {
    const original = object[key].bind(object);
    object[key] = (...args) => {
      const from = now();
      const answer = instead ? instead(...args) : original(...args);
      Promise.resolve(answer).then(
        (value) => (note(name(...args), from), look(value)),
        () => note(name(...args), from),
      );
      return answer;
    };
  };
  for (const key of ["instantiateStreaming", "compileStreaming", "instantiate"]) wrap(WebAssembly, key, () => `wasm ${key}`);
  const byTurn = ({ files }) => (files ? "inject collect.js" : "call collect()");
  // What injection would give, without waiting for a page.
  const atOnce = ({ files }) =>
    Promise.resolve([{ frameId: 0, result: files ? { selected: true } : { text: collected, truncated: false, blocked: 0, foreign: false, type: "text/html" } }]);
  wrap(chrome.scripting, "executeScript", byTurn, collected ? atOnce : null, (frames) => (globalThis.probe.took ??= frames?.[0]?.result?.took));
  wrap(chrome.tabs, "get", () => "tabs.get");
  for (const area of ["session", "local"]) {
    for (const key of ["get", "set", "remove"]) {
      wrap(chrome.storage[area], key, (what) => `storage.${area}.${key} ${typeof what === "string" ? what : Object.keys(what ?? {}).join()}`);
    }
  }
  for (const key of ["setBadgeText", "setBadgeBackgroundColor"]) wrap(chrome.action, key, () => `action.${key}`);

  const open = indexedDB.open.bind(indexedDB);
  globalThis.IDBFactory.prototype.open = (...args) => {
    const from = now();
    const opening = open(...args);
    opening.addEventListener("success", () => note("indexedDB.open", from));
    return opening;
  };
  const { IDBDatabase } = globalThis;
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const from = now();
    const begun = transaction.call(this, stores, mode, ...rest);
    begun.addEventListener("complete", () => note(`indexedDB ${mode} ${[].concat(stores).join()}`, from));
    return begun;
  };

  Object.defineProperty(globalThis, "sightlineCore", {
    configurable: true,
    set(border) {
      const value = {
        cancel: (id) => border.cancel(id),
        call(method, ...rest) {
          const from = now();
          return border.call(method, ...rest).finally(() => note(`core ${method}`, from));
        },
      };
      Object.defineProperty(globalThis, "sightlineCore", { configurable: true, writable: true, value });
    },
  });
  const addListener = chrome.runtime.onMessage.addListener.bind(chrome.runtime.onMessage);
  // A debugger that asks would keep the worker from being stopped; a message does not.
  addListener((message, _sender, respond) => void (message?.probe && respond(globalThis.probe)));
  chrome.runtime.onMessage.addListener = (listener) =>
    addListener((message, sender, respond) => {
      const from = now();
      return listener(message, sender, (reply) => (note(`message ${message.verb}`, from), respond(reply)));
    });
}

/** Runs in the copy's panel before everything else: when what a selector names was painted. */
function watchPanel(selector) {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    // The frame in which it stands, and the turn after that frame.
    requestAnimationFrame(() => {
      const { port1, port2 } = new globalThis.MessageChannel();
      port1.onmessage = () => (globalThis.paintedAt = performance.timeOrigin + performance.now());
      port2.postMessage(0);
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}

/**
 * Makes the copy.
 * @param {string} extension its folder
 * @param {{ collected?: string }} options collected: injection answers this text at once
 */
export function probed(extension, { collected = "" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "sightline-probed-"));
  cpSync(extension, folder, { recursive: true });
  writeFileSync(join(folder, "background/probe.js"), `(${watchBackground})(${JSON.stringify(collected)});\n`);
  const main = join(folder, "background/main.js");
  const now = "performance.timeOrigin + performance.now()";
  writeFileSync(main, `import "./probe.js";\n${readFileSync(main, "utf8")}\nglobalThis.probe.evaluated = ${now};\n`);
  const collect = join(folder, "content/collect.js");
  const source = readFileSync(collect, "utf8");
  // Its value is the injection's result: the time goes along.
  const body = source.slice(source.indexOf("(() =>")).trimEnd().replace(/;$/, "");
  writeFileSync(collect, `(() => { const begun = performance.now(); const value = ${body}; return { ...value, took: performance.now() - begun }; })();\n`);
  addToPanel(folder, "[data-total]");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Adds to a copy's panel what notes when a selector's first element was painted. */
function addToPanel(folder, selector) {
  writeFileSync(join(folder, "pages/panel/probe.js"), `(${watchPanel})(${JSON.stringify(selector)});\n`);
  const panel = join(folder, "pages/panel/panel.html");
  writeFileSync(panel, readFileSync(panel, "utf8").replace("<head>", '<head><script src="probe.js"></script>'));
}

/** A copy whose panel notes, as globalThis.paintedAt, when a selector's first element was painted; nothing else differs. */
export function watched(extension, selector) {
  const folder = mkdtempSync(join(tmpdir(), "sightline-watched-"));
  cpSync(extension, folder, { recursive: true });
  addToPanel(folder, selector);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
