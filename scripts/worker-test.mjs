// usage: node --test scripts/worker-test.mjs
// The station on Cloudflare Workers and D1, in Miniflare and without an account:
// token, submit, read back, correlated; every conversation of server/station/testdata;
// prints latencies and the size.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Conversation, steps } from "./miniflare/conversation.mjs";
import { start } from "./miniflare/station.mjs";

const root = join(import.meta.dirname, "..");

/** The platform's limits on a compressed Worker, in bytes: free and paid. */
const limits = { free: 3 * 1024 * 1024, paid: 10 * 1024 * 1024 };

/** Our own, which linking http.Client by mistake would break: it costs 1.2 MB. */
const budget = 2.4 * 1024 * 1024;

/** Instances to start cold, and requests to one that is warm. */
const colds = 3;
const warms = 20;

let size, sql, credentials, worker, token;

/** Sends a request and returns status, text and headers. */
async function ask(method, path, { headers = {}, body } = {}) {
  const response = await fetch(worker.url + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

async function signIn() {
  const basic = Buffer.from(`${credentials.apiKey}:${credentials.apiSecret}`).toString("base64");
  const answer = await ask("POST", "/oauth/token", {
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text).access_token;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

before(async () => {
  size = JSON.parse(execFileSync(join(root, "scripts", "build-worker"), { encoding: "utf8" }));
  const command = ["station", "sql", "--company", "Example Corp", "--name", "First analyst", "--enclave", "Intel"];
  const setup = spawnSync("go", ["run", "./cmd/sightline", ...command], { cwd: root, encoding: "utf8" });
  assert.equal(setup.status, 0, setup.stderr);
  sql = setup.stdout;
  // One "name value" a line.
  credentials = Object.fromEntries(
    setup.stderr
      .trim()
      .split("\n")
      .map((line) => line.split(" ")),
  );
  worker = await start({ sql });
  token = await signIn();
});

after(() => worker?.stop());

test("the same token is handed out while it is valid", async () => {
  assert.equal(await signIn(), token);
});

test("a report of version 1.2 is read back by its external id", async () => {
  const enclaves = JSON.parse((await ask("GET", "/api/1.3/enclaves")).text);
  const own = enclaves.find((enclave) => enclave.name === "Intel").id;
  const submitted = await ask("POST", "/api/1.2/report", {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      incidentReport: {
        title: "Beacon on a workstation",
        reportBody:
          "Beacons to 203.0.113[.]7, then hxxps://drop.station-test[.]example/a,b?c=1\nd2dd1bcdd6d6cfac59ba9638d2cd886c",
        distributionType: "ENCLAVE",
        externalTrackingId: "worker12",
        timeBegan: "2016-09-22T11:38:35+00:00",
      },
      enclaveIds: [own],
    }),
  });
  assert.equal(submitted.status, 200, submitted.text);
  const { reportId, reportIndicators } = JSON.parse(submitted.text);
  assert.deepEqual(reportIndicators.IP, ["203.0.113.7"]);
  assert.deepEqual(reportIndicators.MD5, ["d2dd1bcdd6d6cfac59ba9638d2cd886c"]);
  assert.equal(Object.keys(reportIndicators).length, 10);

  const found = await ask("GET", "/api/1.2/report/worker12?idType=external");
  assert.equal(found.status, 200, found.text);
  const report = JSON.parse(found.text);
  assert.equal(report.id, reportId);
  assert.equal(report.timeBegan, Date.UTC(2016, 8, 22, 11, 38, 35));
  assert.deepEqual(report.enclaves, [{ id: own, name: "Intel" }]);
});

test("a report of version 1.3 is read back, once however often it is sent", async () => {
  const enclaves = JSON.parse((await ask("GET", "/api/1.3/enclaves")).text);
  const body = JSON.stringify({
    title: "The same beacon again",
    reportBody: "Seen 203.0.113.7 again — and Ünïcode 日本語 🛰",
    externalTrackingId: "worker13",
    enclaveIds: [enclaves.find((enclave) => enclave.name === "Intel").id],
  });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask("POST", "/api/1.3/reports", { body })));
  const accepted = answers.filter((answer) => answer.status === 200);
  assert.equal(accepted.length, 1, JSON.stringify(answers.map((answer) => answer.status)));
  assert.match(accepted[0].text, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const refused of answers.filter((answer) => answer.status !== 200)) {
    assert.equal(refused.status, 400);
    assert.match(JSON.parse(refused.text).message, /already exists/);
  }
  const found = JSON.parse((await ask("GET", "/api/1.3/reports/worker13?idType=external")).text);
  assert.equal(found.id, accepted[0].text);
  assert.equal(found.reportBody, "Seen 203.0.113.7 again — and Ünïcode 日本語 🛰");
  const rows = await worker.database
    .prepare("SELECT count(*) AS n FROM reports WHERE external_id = 'worker13'")
    .first("n");
  assert.equal(rows, 1);
});

test("both are correlated by the indicator that they share", async () => {
  const page = JSON.parse((await ask("GET", "/api/1.3/reports/correlated?indicators=203.0.113.7")).text);
  assert.deepEqual(page.items.map((item) => item.externalTrackingId).toSorted(), ["worker12", "worker13"]);
  assert.equal(page.hasNext, false);
  const ids = JSON.parse((await ask("GET", "/api/1.2/reports/correlate?q=198.51.100.1,203.0.113.7")).text);
  assert.deepEqual(ids.toSorted(), page.items.map((item) => item.id).toSorted());
});

test("a report's deletion takes it out of the correlation", async () => {
  const deleted = await ask("DELETE", "/api/1.3/reports/worker13?idType=external");
  assert.deepEqual([deleted.status, deleted.text], [200, ""]);
  const page = JSON.parse((await ask("GET", "/api/1.3/reports/correlated?indicators=203.0.113.7")).text);
  assert.deepEqual(
    page.items.map((item) => item.externalTrackingId),
    ["worker12"],
  );
});

test("neither key nor token is in the database", async () => {
  const tables = await worker.database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
    .all();
  let dump = "";
  for (const { name } of tables.results) {
    dump += JSON.stringify((await worker.database.prepare(`SELECT * FROM "${name}"`).all()).results);
  }
  assert.ok(dump.includes("worker12"));
  for (const secret of [credentials.apiKey, credentials.apiSecret, token]) {
    assert.ok(!dump.includes(secret));
  }
});

test("a broken request is refused, and the next one answered", async () => {
  const broken = await ask("POST", "/api/1.3/reports", { body: "{" });
  assert.equal(broken.status, 400);
  assert.equal((await ask("GET", "/api/1.3/ping")).text, "pong\n");
});

test("without its database it says so", async () => {
  const lonely = await start({ database: "OTHER" });
  const response = await fetch(`${lonely.url}/api/1.3/ping`);
  assert.equal(response.status, 500);
  assert.match((await response.json()).message, /bind a D1 database/);
  await lonely.stop();
});

test("a limit of calls a minute holds across requests", async () => {
  const limited = await start({ sql, vars: { CALLS_PER_MINUTE: "2" } });
  const kept = worker;
  worker = limited;
  const own = token;
  token = await signIn();
  const statuses = [];
  for (let i = 0; i < 6; i++) statuses.push((await ask("GET", "/api/1.3/ping")).status);
  // The minute may turn in between, hence six calls and not three.
  assert.ok(statuses.includes(429) && statuses[0] === 200, statuses.join());
  worker = kept;
  token = own;
  await limited.stop();
});

/** Runs the native program on a database and returns what it prints. */
function sightline(...command) {
  const run = spawnSync(join(root, ".cache", "sightline-station"), ["station", ...command], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

test("every conversation is answered as natively", async (t) => {
  execFileSync("go", ["build", "-o", ".cache/sightline-station", "./cmd/sightline"], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), "station-"));
  t.after(() => rmSync(folder, { recursive: true }));
  // The people of server/station/fixture_test.go.
  const db = ["--db", join(folder, "station.db")];
  const ids = { community: "00000000-0000-4000-8000-00000000c0de" };
  for (const [name, company, called, ...flags] of [
    ["intel", "Northwind", "Intel"],
    ["shared", "Northwind", "Shared", "--type", "CLOSED"],
    ["mail", "Northwind", "Mail", "--phishing"],
    ["strangers", "Contoso", "Intel"],
  ]) {
    ids[name] = JSON.parse(sightline("enclave", "add", ...db, "--company", company, "--name", called, ...flags)).id;
  }
  for (const [term, word] of [["Northwind", "company"], ["bob@northwind.example", "email-address"]]) {
    sightline("redact", ...db, "--company", "Northwind", "--term", term, "--as", word);
  }
  const people = {};
  for (const [name, company, ...flags] of [
    ["analyst", "Northwind", "--enclave", "Intel", "--enclave", "Shared", "--enclave", "Mail"],
    ["reader", "Northwind", "--read", "Intel"],
    ["stranger", "Contoso", "--enclave", "Intel"],
  ]) {
    people[name] = JSON.parse(sightline("user", "add", ...db, "--company", company, "--name", name, ...flags));
  }
  const own = await start({ sql: sightline("sql", ...db) });
  t.after(() => own.stop());
  const tokens = { nobody: "" };
  for (const [name, { apiKey, apiSecret }] of Object.entries(people)) {
    const basic = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`;
    tokens[`${name}'s credentials`] = basic;
    const answer = await fetch(`${own.url}/oauth/token`, {
      method: "POST",
      headers: { authorization: basic },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    tokens[name] = `Bearer ${(await answer.json()).access_token}`;
  }
  const conversation = new Conversation(own.url, tokens, ids);
  const all = steps(join(root, "server", "station", "testdata", "conversation"));
  const differing = [];
  for (const step of all) {
    const got = await conversation.run(step);
    if (got !== step.answer) differing.push(`${step.chapter}: ${step.name}\n  want ${step.answer}\n  got  ${got}`);
  }
  assert.equal(differing.length, 0, differing.slice(0, 5).join("\n"));
  t.diagnostic(`${all.length} requests of the conversations were answered as natively`);
});

test("latencies and size", async () => {
  const times = async (count, path) => {
    const all = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      assert.equal((await ask("GET", path)).status, 200);
      all.push(performance.now() - began);
    }
    return all;
  };
  const ping = median(await times(warms, "/api/1.3/ping"));
  const read = median(await times(warms, "/api/1.2/report/worker12?idType=external"));
  const submits = [];
  const enclaves = JSON.parse((await ask("GET", "/api/1.3/enclaves")).text);
  for (let i = 0; i < warms; i++) {
    const began = performance.now();
    const body = JSON.stringify({
      title: "t",
      reportBody: `203.0.113.${i}`,
      enclaveIds: [enclaves.find((e) => e.create && e.name === "Intel").id],
    });
    assert.equal((await ask("POST", "/api/1.3/reports", { body })).status, 200);
    submits.push(performance.now() - began);
  }
  const kept = worker;
  const cold = [];
  for (let i = 0; i < colds; i++) {
    worker = await start({ sql });
    const began = performance.now();
    await signIn();
    cold.push(performance.now() - began);
    await worker.stop();
  }
  worker = kept;
  const figures = {
    ...size,
    of_free_limit: +(size.worker_gzip / limits.free).toFixed(2),
    of_paid_limit: +(size.worker_gzip / limits.paid).toFixed(2),
    cold_token_ms: Math.round(median(cold)),
    warm_ping_ms: +ping.toFixed(1),
    warm_read_ms: +read.toFixed(1),
    warm_submit_ms: +median(submits).toFixed(1),
  };
  console.log(JSON.stringify(figures));
  assert.ok(size.worker_gzip < budget, `the Worker has ${size.worker_gzip} bytes compressed, the budget is ${budget}`);
});
