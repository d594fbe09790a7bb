// Stands in for the browser's i18n in the tests beside it: import it first. It
// holds no test itself.

import { readFileSync } from "node:fs";

const messages = JSON.parse(readFileSync(new URL("../../_locales/en/messages.json", import.meta.url), "utf8"));

Reflect.set(globalThis, "chrome", {
  i18n: {
    getUILanguage: () => "en-US",
    /** @type {(key: string, with_?: string[]) => string} */
    getMessage: (key, with_ = []) =>
      (messages[key]?.message ?? "").replaceAll(
        /\$(\d)/g,
        (/** @type {string} */ _, /** @type {string} */ at) => with_[Number(at) - 1] ?? "",
      ),
  },
});
