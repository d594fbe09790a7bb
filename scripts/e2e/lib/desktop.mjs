// A screen without a monitor, and the hands that work on it: Xvfb and xdotool.
// Browsers offer no other way to click their own context menus and permission prompts.
import { execFileSync, spawn } from "node:child_process";
import { sleep, stop } from "./process.mjs";

/** Opens a screen; X itself chooses a free display number. */
export async function openDesktop({ width = 1360, height = 900 } = {}) {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once("data", (chunk) => resolve(String(chunk).trim()));
    child.once("error", reject);
    child.once("exit", () => reject(new Error("Xvfb ended before it was ready")));
  });
  const display = `:${number}`;
  const env = { ...process.env, DISPLAY: display };
  const xdotool = (...args) => execFileSync("xdotool", args.map(String), { env }).toString().trim();
  return {
    display,
    env,
    width,
    height,
    /** Presses keys one after the other, e.g. "Up", "ctrl+a". */
    async keys(...names) {
      for (const name of names) {
        xdotool("key", name);
        await sleep(150);
      }
    },
    async move(x, y) {
      xdotool("mousemove", Math.round(x), Math.round(y));
      await sleep(40);
    },
    async click(x, y, button = 1) {
      xdotool("mousemove", Math.round(x), Math.round(y), "click", button);
      await sleep(60);
    },
    /** Drags with the left button held, in steps as a hand does. */
    async drag(from, to) {
      xdotool("mousemove", Math.round(from.x), Math.round(from.y), "mousedown", 1);
      for (let step = 1; step <= 8; step++) {
        xdotool("mousemove", Math.round(from.x + ((to.x - from.x) * step) / 8), Math.round(from.y + ((to.y - from.y) * step) / 8));
        await sleep(20);
      }
      xdotool("mouseup", 1);
      await sleep(80);
    },
    /** A picture of the whole screen. */
    photograph: (file) => execFileSync("import", ["-display", display, "-window", "root", file], { env }),
    close: () => stop(child),
  };
}
