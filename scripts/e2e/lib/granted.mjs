// A copy of the extension that may reach loopback from the start: no prompt has to be
// answered, so tests of what comes after it need no screen. Nothing else differs.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./servers.mjs";

/** Makes the copy. */
export function granted() {
  const folder = mkdtempSync(join(tmpdir(), "sightline-granted-"));
  cpSync(join(root, "extension"), folder, { recursive: true });
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  manifest.host_permissions = ["http://127.0.0.1/*"];
  writeFileSync(file, JSON.stringify(manifest));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
