// The core that the whole background shares.

import { startWasm } from "./instance.js";
import { Core } from "./lifecycle.js";
import { withSecrets } from "./vaulted.js";

export const core = new Core(startWasm, withSecrets);
