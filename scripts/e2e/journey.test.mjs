// The journey, step by step, in both browsers and with both API versions.
import { test } from "node:test";
import { join } from "node:path";
import { journeyInChromium } from "./journey.mjs";
import { journeyInFirefox } from "./firefox.mjs";
import { root } from "./lib/servers.mjs";

const say = (t) => (line) => t.diagnostic(line);

test("Chromium: from a highlighted passage to a filed report (API 1.3)", { timeout: 180_000 }, async (t) => {
  await journeyInChromium({ say: say(t), shots: join(root, "shots") });
});

test("Chromium: the same through API 1.2, with more cases than one look-up sees", { timeout: 180_000 }, async (t) => {
  await journeyInChromium({ say: say(t), apiVersion: "1.2", cases: 2000 });
});

test("Firefox: installed, opened and previewed", { timeout: 120_000 }, async (t) => {
  await journeyInFirefox({ say: say(t), shots: join(root, "shots") });
});
