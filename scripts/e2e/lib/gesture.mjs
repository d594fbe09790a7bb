// The toolbar's gesture, as the browser's own protocol makes it: it grants
// activeTab for the page, opens the real popup, and the popup reads the page.
import { until } from "./process.mjs";

/** Presses the toolbar button on a page and waits until the page was read. */
export async function readTab(chromium, page) {
  await page.bringToFront();
  const session = await chromium.browser.target().createCDPSession();
  const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find((info) => info.url === page.url());
  await session.send("Extensions.triggerAction", { id: chromium.id, targetId: tab.targetId });
  await session.detach();
  const popup = await chromium.surface("popup");
  await until(
    "the popup to have read the page",
    () => popup.evaluate(() => Boolean(document.querySelector("[data-total], [data-fault]")) && !document.querySelector('[data-action="stop"]')),
    { timeout: 30_000 },
  );
  await popup.close();
}
