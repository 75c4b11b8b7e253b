import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postJson } from "./post-json.ts";

let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/never") return;
    response.writeHead(200);
    response.write("begins and never ends");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const to = (url: string, allowPrivate: boolean, timeoutMs = 5_000) =>
  postJson({ url, headers: {}, body: "{}", timeoutMs, allowPrivate });

test("a name that leads inside is refused when connecting, and an address before", async () => {
  await expect(to(`https://localhost:${port}/`, false)).rejects.toThrow("leads to a private network");
  await expect(to(`https://127.0.0.1:${port}/`, false)).rejects.toThrow("not an https address");
  await expect(to(`https://[::ffff:127.0.0.1]:${port}/`, false)).rejects.toThrow("not an https address");
  await expect(to(`http://example.com/`, false)).rejects.toThrow("not an https address");
});

test("the status is enough: an answer that never ends holds nothing up", async () => {
  expect(await to(`http://127.0.0.1:${port}/`, true)).toBe(200);
});

test("silence is given up in time", async () => {
  await expect(to(`http://127.0.0.1:${port}/never`, true, 100)).rejects.toThrow("no answer within 0.1 s");
});
