// usage: node scripts/run.mjs
// Sightline at work, on this machine alone: the station and the sandbox on loopback,
// Chromium with the extension on a sample threat report. With a display it is yours
// to try; without one the same journey is driven, printed and photographed.
import { join } from "node:path";
import { fillProfile, stellarProfile, trustarProfile } from "./e2e/lib/analyst.mjs";
import { openChromium } from "./e2e/lib/chromium.mjs";
import { until } from "./e2e/lib/process.mjs";
import { root, startPages, startSandbox, startStation } from "./e2e/lib/servers.mjs";
import { journeyInChromium } from "./e2e/journey.mjs";

const say = (line) => console.log(`  ${line}`);

if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) await show();
else {
  console.log("No display here: Sightline's journey is driven on a screen without a monitor.");
  const shots = join(root, "shots");
  await journeyInChromium({ say, shots });
  console.log(`done; the screenshots are in shots/: the menu, the panel with its preview, the report form, related cases, options and popup, light and dark`);
}

/** Opens everything and leaves it to the person at the screen. */
async function show() {
  const [station, sandbox, pages] = await Promise.all([startStation(), startSandbox({ cases: 800 }), startPages()]);
  const desktop = { env: process.env };
  const chromium = await openChromium({ desktop });
  const closed = new Promise((resolve) => chromium.browser.once("disconnected", resolve));
  const stopped = new Promise((resolve) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, resolve)));
  try {
    say(`a TruSTAR station of your own answers on ${station.url}, a Stellar Cyber sandbox on ${sandbox.url}`);
    const options = await chromium.open(chromium.url("pages/options/options.html"));
    say(`Chromium asks whether Sightline may reach 127.0.0.1: choose "Allow"`);
    for (const [platform, profile] of [
      ["trustar", trustarProfile(station)],
      ["stellarcyber", stellarProfile(sandbox)],
    ]) {
      await fillProfile(options, platform, profile);
      await options.locator('[data-action="save"]:not([disabled])').click();
      await Promise.race([
        until(`the profile ${profile.name}`, () => options.evaluate((name) => [...document.querySelectorAll("[data-profile]")].some((card) => card.textContent.includes(name)), profile.name), { timeout: 600_000, every: 250 }),
        closed,
        stopped,
      ]);
    }
    await chromium.open(`${pages.url}/vendor-report.html`);
    say(`highlight a passage, right-click, Sightline, "Preview indicators"; more pages to try are on ${pages.url}/ticket.html, webmail.html, siem.html, list.txt`);
    say("close the browser or press Ctrl-C to stop everything");
    await Promise.race([closed, stopped]);
  } finally {
    if (chromium.browser.connected) await chromium.close();
    await Promise.all([station.stop(), sandbox.stop(), pages.stop()]);
  }
}
