// A door before a server that answers some requests itself, for as long as a rule holds.
import http from "node:http";

/**
 * @typedef {{ match: RegExp, status: number, body?: string, headers?: Record<string, string> }} Rule match is against "METHOD /path"
 * @param {string} target URL of the server behind it
 */
export async function openDoor(target) {
  const door = {
    url: "",
    /** The first that matches answers; what none matches goes on. @type {Rule[]} */
    rules: [],
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
  const server = http.createServer((request, response) => {
    const rule = door.rules.find(({ match }) => match.test(`${request.method} ${request.url}`));
    if (rule) {
      request.resume();
      response.writeHead(rule.status, { "content-type": "application/json", ...rule.headers });
      return response.end(rule.body ?? "{}");
    }
    const headers = { ...request.headers };
    delete headers.host;
    const onward = http.request(target + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => request.socket.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  door.url = `http://127.0.0.1:${server.address().port}`;
  return door;
}
