// A door before the station that can misbehave: on demand it refuses a token, holds
// a submission, or loses an answer after the station has acted.
import http from "node:http";

/** @param {string} target URL of the station */
export async function startProxy(target) {
  let next = null; // what happens to the next matching request
  const seen = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks);
      seen.push(`${request.method} ${request.url}`);
      const act = next && next.match.test(`${request.method} ${request.url}`) ? next.act : null;
      if (act) next = null;
      if (act === "expire") {
        response.writeHead(400, { "content-type": "application/json" });
        return response.end('{"error":"invalid_request","error_description":"Expired oauth2 access token"}');
      }
      if (typeof act === "function") await act();
      // With its Host: a signed request is signed for the door it knocks at.
      const onward = http.request(proxy.target + request.url, { method: request.method, headers: request.headers }, (answer) => {
        if (act === "lose-answer") {
          answer.resume();
          answer.on("end", () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => request.socket.destroy());
      onward.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy = {
    target,
    url: `http://127.0.0.1:${server.address().port}`,
    /** Requests so far, as "METHOD /path". */
    seen,
    /**
     * Arms one misbehaviour for the next request that matches.
     * @param {RegExp} match against "METHOD /path"
     * @param {"expire" | "lose-answer" | (() => Promise<void>)} act a function runs before the request goes on
     */
    arm(match, act) {
      next = { match, act };
    },
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
  return proxy;
}
