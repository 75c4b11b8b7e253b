import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { httpScoringPort } from "./http-scoring-port.ts";

let server: Server | null = null;
afterEach(() => server?.close());

type Answer = { status: number; body: string };

/** A scoring server that always answers the same and keeps what it was asked. */
async function answering({ status, body }: Answer) {
  const asked: { url: string; authorization: string; body: string }[] = [];
  const listening = createServer(async (request: IncomingMessage, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    asked.push({ url: request.url ?? "", authorization: request.headers.authorization ?? "", body: text });
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  server = listening;
  await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
  const address = listening.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port: httpScoringPort(`http://127.0.0.1:${port}`, "token"), asked };
}

const scored = {
  transactionId: "pay_1",
  score: 0.5,
  outcome: "review",
  reasons: [],
  rules: [],
  caseId: null,
  modelVersion: null,
  policyVersion: "p",
  featureSetVersion: "f",
  scoredAt: "2026-11-20T10:15:30.000Z",
};
const problem = (status: number, errors?: { path: string; message: string }[]): Answer => ({
  status,
  body: JSON.stringify({ type: "about:blank", title: "No", status, detail: "Not so.", errors }),
});

test("the body goes out as it came, with the internal token", async () => {
  const { port, asked } = await answering({ status: 200, body: JSON.stringify(scored) });
  expect(await port.score({ id: "pay_1", odd: true })).toEqual(scored);
  expect(asked).toEqual([
    { url: "/v1/score", authorization: "Bearer token", body: '{"id":"pay_1","odd":true}' },
  ]);
});

test("an id of any characters is one path segment", async () => {
  const { port, asked } = await answering({ status: 200, body: JSON.stringify(scored) });
  await port.byId("a/../b?c");
  expect(asked[0]?.url).toBe("/v1/transactions/a%2F..%2Fb%3Fc");
});

test("problems become refusals that name the places", async () => {
  const invalid = await answering(problem(422, [{ path: "/currency", message: "must be a currency" }]));
  await expect(invalid.port.score({})).rejects.toMatchObject({
    code: "invalid",
    message: "Not so.\n/currency: must be a currency",
  });
  server?.close();
  const conflict = await answering(problem(409));
  await expect(conflict.port.score({})).rejects.toMatchObject({ code: "conflict", message: "Not so." });
});

test("a batch may hold results and problems side by side", async () => {
  const refused = JSON.parse(problem(409).body);
  const { port } = await answering({ status: 200, body: JSON.stringify([scored, refused]) });
  expect(await port.scoreBatch([{}, {}])).toEqual([scored, refused]);
});

test("an answer that is not JSON, or none at all, is unavailable and never an approval", async () => {
  const { port } = await answering({ status: 502, body: "<html>" });
  await expect(port.score({})).rejects.toMatchObject({ code: "unavailable" });
  await expect(httpScoringPort("http://127.0.0.1:9", "t").score({})).rejects.toMatchObject({
    code: "unavailable",
  });
});
