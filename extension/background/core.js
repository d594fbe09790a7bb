// The core that the whole background shares.

import { IndexLoader } from "./indexload.js";
import { IndexStore } from "./indexstore.js";
import { startWasm } from "./instance.js";
import { Core } from "./lifecycle.js";
import * as vaulted from "./vaulted.js";

export const store = new IndexStore();
export const loader = new IndexLoader(store, async () => (await vaulted.all()).map(({ id }) => id));
export const core = new Core(startWasm, vaulted.withSecrets, (call) => loader.load(call));
