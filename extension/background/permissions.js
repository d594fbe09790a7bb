// Whether the browser lets us reach a host.
//
// Asked before every request with a secret in it: without the permission fetch would
// still go out under the rules of CORS, and a server that allows it would get the secret.

import { api } from "../lib/browser.js";
import { FaultError, makeFault } from "../lib/faults.js";

/** @param {string} pattern the match pattern of one host */
export async function isPermitted(pattern) {
  if (!pattern) return false;
  return api.permissions.contains({ origins: [pattern] }).catch(() => false);
}

/** @param {{ name: string, host: string, pattern: string }} target */
export async function requirePermission({ name, host, pattern }) {
  if (await isPermitted(pattern)) return;
  throw new FaultError(
    makeFault("permission", `The browser does not let Sightline reach ${host || name}.`, {
      kept: "Nothing was sent.",
      todo: "Open Sightline's options and save the profile again; the browser then asks.",
    }),
  );
}
