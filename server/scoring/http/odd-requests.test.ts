import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerOddRequests, oddRequestOptions } from "./odd-requests.ts";

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify({ http: oddRequestOptions });
  answerOddRequests(app);
  app.get("/", async () => "fine");
  await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => app.close());

function answerTo(request: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  socket.end(request);
  return text(socket);
}

test.each([
  ["HTTP/1.1 without a Host", "GET / HTTP/1.1\r\n\r\n"],
  ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["an expectation that nobody knows", "GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n"],
])("%s gets a problem document", async (_name, request) => {
  expect(await answerTo(request)).toMatch(
    /^HTTP\/1\.1 400 .*application\/problem\+json.*urn:assay:problem:bad-request/s,
  );
});

test.each([
  ["HTTP/1.0 without a Host", "GET / HTTP/1.0\r\n\r\n"],
  ["an empty Host", "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"],
  ["a Host", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
])("%s is as good as any", async (_name, request) => {
  expect(await answerTo(request)).toMatch(/^HTTP\/1\.1 200 .*fine$/s);
});
