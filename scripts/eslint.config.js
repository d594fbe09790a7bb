// One linter, its recommended rules, and what our own security rules add: no code
// from strings, no markup from strings, no message bridge to pages.
import js from "@eslint/js";

const browser = Object.fromEntries(
  ("AbortController AbortSignal Blob CSS CSSStyleSheet CustomEvent DOMException Document Element Event EventTarget " +
    "FormData Highlight HTMLElement HTMLInputElement HTMLSelectElement HTMLTextAreaElement IDBDatabase IDBKeyRange IDBRequest " +
    "Intl KeyboardEvent MessageEvent MouseEvent MutationObserver Node NodeFilter Range Response ShadowRoot StaticRange Text TextDecoder TextEncoder " +
    "URL URLSearchParams WebAssembly atob btoa clearInterval clearTimeout console crypto customElements document " +
    "fetch getComputedStyle globalThis indexedDB innerHeight innerWidth location matchMedia navigator performance queueMicrotask " +
    "requestAnimationFrame cancelAnimationFrame getSelection screenX screenY outerWidth outerHeight scrollBy requestIdleCallback scheduler self setInterval setTimeout structuredClone window chrome browser Go")
    .split(" ")
    .map((name) => [name, "readonly"]),
);
const node = Object.fromEntries(
  "Buffer process console URL fetch setTimeout clearTimeout setInterval clearInterval performance structuredClone AbortController AbortSignal TextEncoder TextDecoder globalThis WebAssembly WebSocket crypto"
    .split(" ")
    .map((name) => [name, "readonly"]),
);

export default [
  { ignores: ["**/node_modules/**", "extension/wasm/**", "extension/vendor/**", "dist/**", "bin/**", "shots/**", ".cache/**"] },
  js.configs.recommended,
  {
    files: ["**/extension/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: browser },
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "untrusted text is text: use textContent or a lit-html binding" },
        { property: "outerHTML", message: "untrusted text is text: use textContent or a lit-html binding" },
        { property: "insertAdjacentHTML", message: "untrusted text is text: use textContent or a lit-html binding" },
        { object: "window", property: "postMessage", message: "there is no bridge to pages" },
      ],
    },
  },
  {
    files: ["**/content/*.js"],
    languageOptions: { sourceType: "script" },
  },
  {
    files: ["**/*.test.js", "**/scripts/**/*.mjs", "**/scripts/**/*.js", "*.js", "**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...node, ...browser } },
    rules: { "no-var": "error", "prefer-const": "error", "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }] },
  },
];
