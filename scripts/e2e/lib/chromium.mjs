// Debian's Chromium with the extension loaded, driven as a person would: real
// menu, real permission prompt, real popup and side panel.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { sleep, until } from "./process.mjs";
import { root } from "./servers.mjs";

const quiet = [
  // Chromium's sandbox does not work for root; the bar that warns of its absence is for others.
  ...(process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-default-browser-check",
  "--lang=en-US",
];

/** Where the system keeps Chromium; CHROMIUM names another one. */
export const chromiumPath =
  process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file)) ?? "/usr/bin/chromium";

/**
 * Opens Chromium with the extension.
 * @param {{ desktop?: Awaited<ReturnType<import("./desktop.mjs").openDesktop>>, profile?: string, extension?: string, args?: string[] }} options
 *   without a desktop it runs headless; with a profile folder it keeps it; args are further switches of Chromium
 */
export async function openChromium({ desktop, profile, extension = join(root, "extension"), width = 1360, height = 900, args = [] } = {}) {
  const folder = profile ?? mkdtempSync(join(tmpdir(), "sightline-chromium-"));
  const browser = await puppeteer.launch({
    executablePath: chromiumPath,
    headless: !desktop,
    userDataDir: folder,
    pipe: true,
    enableExtensions: true,
    ignoreDefaultArgs: ["--enable-automation"], // no bar over the page
    handleSIGINT: false, // who opened the browser closes it, and what else was opened
    defaultViewport: desktop ? null : { width, height },
    args: [...quiet, ...(desktop ? ["--window-position=0,0", `--window-size=${width},${height}`] : []), ...args],
    env: desktop ? desktop.env : process.env,
  });
  const id = await browser.installExtension(extension);
  const worker = async () => {
    const target = await browser.waitForTarget((candidate) => candidate.type() === "service_worker" && candidate.url().includes(id), { timeout: 10_000 });
    return target.worker();
  };
  /** A page of the extension that is open somewhere: popup, side panel, or tab. */
  const surface = async (name, { timeout = 10_000 } = {}) => {
    const target = await browser.waitForTarget((candidate) => candidate.url().startsWith(`chrome-extension://${id}/pages/${name}/`), { timeout });
    return target.asPage();
  };
  return {
    browser,
    id,
    folder,
    worker,
    surface,
    url: (path) => `chrome-extension://${id}/${path}`,
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      await page.bringToFront();
      return page;
    },
    /** Stops the service worker, as the browser does after 30 s of idleness. */
    async stopWorker() {
      const session = await browser.target().createCDPSession();
      const alive = async () => (await session.send("Target.getTargets", { filter: [{ type: "service_worker" }] })).targetInfos.filter((info) => info.url.includes(id));
      const [target] = await alive();
      if (target) {
        await session.send("Target.closeTarget", { targetId: target.targetId });
        // A page may have woken the next one by then.
        await until("the worker to stop", async () => !(await alive()).some(({ targetId }) => targetId === target.targetId));
      }
      await session.detach();
    },
    async close() {
      await browser.close();
      if (!profile) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Where a point of a page's viewport is on the screen. */
export const onScreen = (page, point) =>
  page.evaluate(
    // What stands beside the page (the side panel) is at its right, what stands over it is at the top.
    ({ x, y }) => ({ x: screenX + x, y: screenY + (outerHeight - innerHeight) + y }),
    point,
  );

/** Selects with the mouse, from the start of one element's text to the end of another's. */
export async function selectByMouse(desktop, page, from, to) {
  const points = await page.evaluate(
    ([first, last]) => {
      const start = document.querySelector(first);
      const end = document.querySelector(last);
      start.scrollIntoView({ block: "start" });
      scrollBy(0, -40);
      const range = document.createRange();
      range.selectNodeContents(start);
      const head = range.getClientRects()[0];
      range.selectNodeContents(end);
      const rects = range.getClientRects();
      const tail = rects[rects.length - 1];
      return { from: { x: head.left + 1, y: head.top + head.height / 2 }, to: { x: tail.right - 1, y: tail.top + tail.height / 2 } };
    },
    [from, to],
  );
  await desktop.drag(await onScreen(page, points.from), await onScreen(page, points.to));
  return points;
}

/**
 * Opens the page's real context menu at a point and chooses one of our items.
 * Our entry is a submenu above "Inspect": Up twice reaches it, Right opens it.
 */
export async function chooseFromMenu(desktop, page, point, index, { photograph } = {}) {
  const spot = await onScreen(page, point);
  await desktop.click(spot.x, spot.y, 3);
  await sleep(700);
  await desktop.keys("Up", "Up", "Right");
  await desktop.keys(...Array(index).fill("Down"));
  if (photograph) photograph();
  await desktop.keys("Return");
}

/** Answers the browser's permission prompt, whose default is "Deny". */
export async function answerPrompt(desktop, allow) {
  await sleep(1200);
  await desktop.keys(...(allow ? ["Tab", "Return"] : ["Return"]));
  await sleep(300);
}
