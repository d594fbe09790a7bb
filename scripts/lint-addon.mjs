// usage: node scripts/lint-addon.mjs
// The linter of Firefox's store over the packed extension: no error, and no warning
// but those of the unmodified vendored release, which the reviewers' note names.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("..", import.meta.url));
let text;
try {
  text = execFileSync(join(root, "scripts/node_modules/.bin/addons-linter"), ["--output", "json", join(root, "dist/sightline-firefox.zip")], { encoding: "utf8", maxBuffer: 1 << 26 });
} catch (error) {
  text = error.stdout; // it ends with 1 when it has something to say
}
const report = JSON.parse(text);
const ours = report.warnings.filter(({ file }) => !file?.startsWith("vendor/"));
for (const { code, message, file, line } of [...report.errors, ...ours]) console.log(`${file ?? "manifest.json"}:${line ?? 1}: ${code}: ${message}`);
console.log(`addons-linter: ${report.errors.length} errors, ${ours.length} warnings in our files, ${report.warnings.length - ours.length} known in vendored files`);
if (report.errors.length + ours.length > 0) process.exit(1);
