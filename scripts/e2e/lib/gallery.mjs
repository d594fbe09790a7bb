// Screenshots, light and dark. Without a folder nothing is taken.
import { join } from "node:path";
import { sleep } from "./process.mjs";

/** @param {string} folder where the pictures go; "" takes none */
export function gallery(folder, desktop) {
  return {
    /** The whole screen as a person sees it. */
    screen(name) {
      if (folder) desktop.photograph(join(folder, `${name}.png`));
    },
    /** One surface, in both colour schemes. */
    async page(page, name) {
      if (!folder) return;
      for (const scheme of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await sleep(300); // colours fade
        await page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
      }
      await page.emulateMediaFeatures([]);
      await sleep(300);
    },
  };
}
