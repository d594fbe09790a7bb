// Firefox by Marionette, the one protocol that reaches its extension pages, its
// menus and its sidebar. The wire: "<length>:<json>", requests [0, id, name, parameters].
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stop, until } from "./process.mjs";

const quiet = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutConfig.showWarning": false,
  "browser.newtabpage.enabled": false,
  "browser.region.network.url": "",
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.serverURL": "",
  "extensions.getAddons.cache.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "extensions.update.enabled": false,
  "media.gmp-manager.url": "",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.trr.mode": 5,
  "services.settings.server": "http://127.0.0.1:9",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
};

/** Opens a headless Firefox with an empty profile. */
export async function openFirefox({ preferences = {} } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "sightline-firefox-"));
  // Port 0: Firefox writes the port that it got into the profile.
  const all = { ...quiet, "marionette.port": 0, ...preferences };
  writeFileSync(
    join(profile, "user.js"),
    Object.entries(all)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join("\n"),
  );
  const child = spawn(
    process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((file) => existsSync(file)) ?? "firefox-esr",
    ["--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile, "--headless"],
    { stdio: "ignore" },
  );
  const port = await until("Firefox's port", () => Number(readFileSync(join(profile, "MarionetteActivePort"), "utf8")), { timeout: 40_000 });
  const socket = await until("Firefox to listen", () => connect(port), { timeout: 20_000 });
  const command = await speak(socket);
  await command("WebDriver:NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });

  const element = async (selector) => {
    const { value } = await command("WebDriver:FindElement", { using: "css selector", value: selector });
    return Object.values(value)[0];
  };
  return {
    command,
    /** Runs a function body in the page, or in the browser's own window after inBrowser. */
    run: async (script, ...args) => (await command("WebDriver:ExecuteScript", { script, args })).value,
    /** The same for a body that awaits; its last statement returns. */
    runAsync: async (body, ...args) =>
      (
        await command("WebDriver:ExecuteAsyncScript", {
          script: `const done = arguments[arguments.length - 1]; (async (...args) => { ${body} })(...arguments).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
          args,
          newSandbox: true,
        })
      ).value,
    inBrowser: () => command("Marionette:SetContext", { value: "chrome" }),
    inPage: () => command("Marionette:SetContext", { value: "content" }),
    go: (url) => command("WebDriver:Navigate", { url }),
    element,
    click: async (selector) => command("WebDriver:ElementClick", { id: await element(selector) }),
    type: async (selector, text) => command("WebDriver:ElementSendKeys", { id: await element(selector), text }),
    async close() {
      await command("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
      socket.destroy();
      await stop(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const connect = (port) =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });

/** Waits for the greeting, then answers a function that sends one command. */
async function speak(socket) {
  const waiting = new Map();
  let buffer = Buffer.alloc(0);
  let next = 0;
  let greet;
  const greeting = new Promise((resolve) => (greet = resolve));
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const colon = buffer.indexOf(":");
      if (colon < 0) return;
      const length = Number(buffer.subarray(0, colon));
      if (buffer.length < colon + 1 + length) return;
      const message = JSON.parse(buffer.subarray(colon + 1, colon + 1 + length));
      buffer = buffer.subarray(colon + 1 + length);
      if (!Array.isArray(message)) {
        greet(message);
        continue;
      }
      const [, id, error, result] = message;
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result);
    }
  });
  await greeting;
  return (name, parameters = {}) =>
    new Promise((resolve, reject) => {
      const id = ++next;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
