// Looks at a page as axe does, in light and dark.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const still = { name: "prefers-reduced-motion", value: "reduce" };

/**
 * What axe finds wrong with a page as it stands: all of its rules in light, and what
 * depends on colours again in dark. The source goes in through the debugger, which
 * the page's policy does not bind.
 *
 * @param {import("puppeteer-core").Page} page
 * @param {string} name of the state, for messages and pictures
 * @param {{ shots?: string }} options shots: a folder for pictures, "" takes none
 * @returns {Promise<string[]>} one line a violation, with where it is
 */
export async function audit(page, name, { shots = "" } = {}) {
  if (shots) mkdirSync(shots, { recursive: true });
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = [];
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, still]);
    // Without motion colours do not fade: they are there with the next frame but one.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const violations = await page.evaluate(async (only) => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], ...(only && { runOnly: { type: "rule", values: only } }) });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll(/\s+/g, " ")}`));
    }, scheme === "dark" ? ["color-contrast"] : null);
    if (shots) await page.screenshot({ path: join(shots, `${name.replaceAll(/\W+/g, "-")}-${scheme}.png`) });
    found.push(...violations.map((line) => `${name}, ${scheme}: ${line}`));
  }
  await page.emulateMediaFeatures([]);
  return found;
}
