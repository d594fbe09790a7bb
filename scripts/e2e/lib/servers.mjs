// The servers that a journey needs: the station, the sandbox, and the sample
// pages. All on loopback, on ports that the system chooses.
import { mkdtempSync, readFileSync, existsSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { startReady } from "./process.mjs";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const sightline = join(root, "bin/sightline");

/** The station with its demo data; port 0 lets the system choose. */
export async function startStation({ database, listen = "127.0.0.1:0" } = {}) {
  const own = database ? null : mkdtempSync(join(tmpdir(), "sightline-station-"));
  const db = database ?? join(own, "station.db");
  const station = await startReady(sightline, ["station", "--listen", listen, "--db", db, "--demo", "--stop-with-stdin"]);
  return {
    ...station,
    database: db,
    async stop() {
      await station.stop();
      if (own) rmSync(own, { recursive: true, force: true });
    },
  };
}

/** The Stellar Cyber sandbox. */
export const startSandbox = ({ cases = 2000, listen = "127.0.0.1:0" } = {}) =>
  startReady(sightline, ["sandbox", "--listen", listen, "--cases", String(cases), "--stop-with-stdin"]);

const types = { ".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

/** Serves testdata/pages, with the headers that a page's .headers.json asks for; made pages by path → html. */
export async function startPages(made = {}) {
  const folder = join(root, "testdata/pages");
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://pages").pathname;
    if (made[path]) {
      response.writeHead(200, { "content-type": path.endsWith(".txt") ? types[".txt"] : types[".html"] });
      return response.end(made[path]);
    }
    const file = join(folder, normalize(path));
    if (!file.startsWith(folder) || !existsSync(file) || path.endsWith("/")) {
      response.writeHead(404, { "content-type": "text/plain" });
      return response.end("no such page");
    }
    const headers = { "content-type": types[extname(file)] ?? "application/octet-stream" };
    const extra = file.replace(/\.[a-z]+$/, ".headers.json");
    if (existsSync(extra)) Object.assign(headers, JSON.parse(readFileSync(extra, "utf8")));
    response.writeHead(200, headers);
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

/** A TruSTAR token for reading the station back, beside the extension. */
export async function stationToken(station) {
  const response = await fetch(`${station.url}/oauth/token`, {
    method: "POST",
    headers: { authorization: "Basic " + Buffer.from(`${station.apiKey}:${station.apiSecret}`).toString("base64"), "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  if (!response.ok) throw new Error(`token: ${response.status} ${await response.text()}`);
  return (await response.json()).access_token;
}

/** Reads one JSON answer of the station. */
export async function askStation(station, path) {
  const response = await fetch(station.url + path, { headers: { authorization: `Bearer ${await stationToken(station)}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
