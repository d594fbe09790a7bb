// The journey in Firefox, as far as its automation reaches: installed, a passage
// selected with the mouse, the real context menu, the real sidebar; the panel's page
// opened in a tab shows the same job, since jobs belong to the session.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFirefox } from "./lib/marionette.mjs";
import { sleep, until } from "./lib/process.mjs";
import { root, startPages } from "./lib/servers.mjs";
import { readFileSync } from "node:fs";

const uuid = "5f1d7c0e-0000-4000-8000-51647e11ee00";

/** @param {{ say?: (line: string) => void, shots?: string }} options */
export async function journeyInFirefox({ say = () => {}, shots = "" } = {}) {
  if (shots) mkdirSync(shots, { recursive: true });
  const pages = await startPages();
  const manifest = JSON.parse(readFileSync(join(root, "extension/manifest.json"), "utf8"));
  const id = manifest.browser_specific_settings.gecko.id;
  const firefox = await openFirefox({ preferences: { "extensions.webextensions.uuids": JSON.stringify({ [id]: uuid }) } });
  try {
    await firefox.command("Addon:Install", { path: join(root, "extension"), temporary: true });
    say(`installed in ${(await firefox.run("return navigator.userAgent")).replace(/^.*Firefox/, "Firefox")}`);

    await firefox.go(`${pages.url}/vendor-report.html`);
    await selectByMouse(firefox, "#mail + p", "#mail + p + p");
    const selected = await firefox.run("return getSelection().toString()");
    assert.ok(selected.includes("accounts[@]sightline-sample-1[.]top"), `the mouse selected the passage, not ${JSON.stringify(selected)}`);
    say(`highlighted ${selected.length} characters with the mouse`);

    await chooseFromMenu(firefox, "#mail + p", "Preview indicators");
    await firefox.inBrowser();
    const sidebar = await until("the sidebar", async () => {
      const [open, current] = await firefox.run("return [SidebarController.isOpen, SidebarController.currentID]");
      return open && current.includes("sightline") ? current : "";
    });
    await firefox.inPage();
    say(`right-click, "Preview indicators": the sidebar opened (${sidebar})`);

    await firefox.go(`moz-extension://${uuid}/pages/panel/panel.html`);
    const total = await until("the panel to show the job", () => firefox.run('return Number(document.querySelector("[data-total]")?.dataset.total ?? 0)'));
    const keys = await firefox.run('return [...document.querySelectorAll("[data-key]")].map((row) => row.dataset.key)');
    assert.equal(keys.length, total);
    assert.ok(keys.includes("email|accounts@sightline-sample-1.top"), keys.join("\n"));
    say(`the panel lists ${total} indicators`);
    if (shots) await photograph(firefox, join(shots, "firefox-panel.png"));

    await firefox.go(`moz-extension://${uuid}/pages/options/options.html`);
    await until("the options page", () => firefox.run('return document.querySelectorAll("[data-add]").length === 3'));
    if (shots) await photograph(firefox, join(shots, "firefox-options.png"));
    say("the options page opens");
    return { total };
  } finally {
    await firefox.close();
    await pages.stop();
  }
}

async function photograph(firefox, file) {
  const { value } = await firefox.command("WebDriver:TakeScreenshot", { full: false });
  writeFileSync(file, Buffer.from(value, "base64"));
}

/** Presses at the start of one element's text and lets go at the end of another's. */
async function selectByMouse(firefox, from, to) {
  const [start, end] = await firefox.run(
    `const [from, to] = arguments;
     const first = document.querySelector(from); first.scrollIntoView({ block: "start" }); scrollBy(0, -40);
     const range = document.createRange();
     range.selectNodeContents(first); const head = range.getClientRects()[0];
     range.selectNodeContents(document.querySelector(to)); const rects = range.getClientRects(); const tail = rects[rects.length - 1];
     return [[head.left + 1, head.top + head.height / 2], [tail.right - 1, tail.top + tail.height / 2]];`,
    from,
    to,
  );
  const move = ([x, y], duration) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration });
  await pointer(firefox, [move(start, 0), { type: "pointerDown", button: 0 }, move(end, 300), { type: "pointerUp", button: 0 }]);
}

const pointer = (firefox, actions) =>
  firefox.command("WebDriver:PerformActions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });

/** Opens the page's real context menu on an element and activates one of our items in it. */
async function chooseFromMenu(firefox, selector, label) {
  const origin = { "element-6066-11e4-a52e-4f735466cecf": await firefox.element(selector) };
  await pointer(firefox, [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 2 }, { type: "pointerUp", button: 2 }]);
  await firefox.inBrowser();
  const { value, error } = await firefox.runAsync(
    `const [label] = args;
     const wait = async (probe) => { for (let i = 0; i < 60; i++) { const found = probe(); if (found) return found; await new Promise((next) => setTimeout(next, 50)); } throw new Error("waited for " + probe); };
     const menu = document.getElementById("contentAreaContextMenu");
     await wait(() => menu.state === "open");
     const ours = await wait(() => [...menu.querySelectorAll("menu, menuitem")].find((item) => item.label === "Sightline" || item.label === label));
     if (ours.localName === "menuitem") { menu.activateItem(ours); return "item"; }
     ours.openMenu(true);
     const popup = ours.menupopup;
     await wait(() => popup.state === "open");
     popup.activateItem([...popup.children].find((item) => item.label === label));
     return "submenu";`,
    label,
  );
  await firefox.inPage();
  if (error) throw new Error(error);
  await sleep(300);
  return value;
}
