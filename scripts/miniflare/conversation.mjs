// The conversations of server/station/testdata: the table of operations that the Go tests
// run against SQLite, with the answers that they were reviewed with. The form is described
// in server/station/conversation_test.go; both readers must agree.
import { readFileSync, readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";

/**
 * @typedef {{chapter: string, name: string, call: string, as: string, headers: [string, string][], keep: string, body: string, answer: string}} Step
 */

/** @param {string} folder @returns {Step[]} all steps in the order of the files */
export function steps(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .flatMap((name) => parse(name, readFileSync(join(folder, name), "utf8")));
}

/** @param {string} chapter @param {string} text @returns {Step[]} */
function parse(chapter, text) {
  return `\n${text}`
    .split("\n## ")
    .slice(1)
    .map((part) => {
      const cut = part.indexOf("\n=> ");
      const [name, call, ...lines] = part.slice(0, cut).split("\n");
      /** @type {Step} */
      const step = { chapter, name, call, as: "analyst", headers: [], keep: "", body: "", answer: part.slice(cut + 4).replace(/\n+$/, "") };
      for (const line of lines) {
        const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (field === "header") step.headers.push([value.slice(0, value.indexOf(": ")), value.slice(value.indexOf(": ") + 2)]);
        else if (field === "as" || field === "keep" || field === "body") step[field] = value;
        else throw new Error(`${chapter}: ${name}: unknown line ${line}`);
      }
      return step;
    });
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[34][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** One run of the steps: whose tokens there are and which ids are known. */
export class Conversation {
  /** @param {string} url @param {Record<string, string>} tokens @param {Record<string, string>} ids */
  constructor(url, tokens, ids) {
    Object.assign(this, { url, tokens, ids });
  }

  /** Replaces what stands for something else; a body may become bytes that are no text. */
  expand(text) {
    for (const [name, id] of Object.entries(this.ids)) text = text.replaceAll(`{${name}}`, id);
    const parts = text.split(/(\{\d+\*[^}]*\}|\{hex:[0-9a-f]*\}|\{addresses:\d+\})/).map((part) => {
      let found;
      if ((found = /^\{(\d+)\*([^}]*)\}$/.exec(part))) return Buffer.from(found[2].repeat(Number(found[1])));
      if ((found = /^\{hex:([0-9a-f]*)\}$/.exec(part))) return Buffer.from(found[1], "hex");
      if ((found = /^\{addresses:(\d+)\}$/.exec(part))) {
        return Buffer.from(Array.from({ length: Number(found[1]) }, (_, i) => `198.51.${Math.floor(i / 250)}.${(i % 250) + 1} `).join(""));
      }
      return Buffer.from(part);
    });
    return Buffer.concat(parts);
  }

  /** Sends a step and returns the answer without what differs from run to run. */
  async run(step) {
    const [method, path] = [step.call.slice(0, step.call.indexOf(" ")), step.call.slice(step.call.indexOf(" ") + 1)];
    const authorization = this.tokens[step.as] ?? step.as;
    const { status, type, body } = await send(this.url, {
      method,
      path: this.expand(path).toString(),
      headers: { ...(authorization && { authorization }), ...Object.fromEntries(step.headers.map(([name, value]) => [name, this.expand(value).toString()])) },
      body: this.expand(step.body),
    });
    if (step.keep) {
      const [name, marker = ""] = step.keep.split(" after ");
      const known = new Set(Object.values(this.ids));
      const id = (body.slice(body.indexOf(marker)).match(uuids) ?? []).find((found) => !known.has(found));
      if (!id) throw new Error(`${step.name}: no new id in ${body}`);
      this.ids[name] = id;
    }
    let text = body;
    for (const [name, id] of Object.entries(this.ids)) text = text.replaceAll(id, `{${name}}`);
    text = text
      .replace(uuids, "{id}")
      .replace(/\b1[789]\d{11}\b/g, "0")
      .replace(/"expires_in":5\d\d\b/g, '"expires_in":599')
      .replaceAll("\r", "{cr}")
      .replace(/\n$/, "{newline}");
    return `${status} ${type}`.trimEnd() + `\n${text}`.replace(/\n+$/, "");
  }
}

/** fetch allows no body in a GET, which some clients of the API send, and no path as it stands. */
function send(url, { method, path, headers, body }) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: false, hostname, port, method, path, headers: { ...headers, "content-length": body.length } }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode, type: response.headers["content-type"] ?? "", body: Buffer.concat(parts).toString() }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
