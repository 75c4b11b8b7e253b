import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { paymentsAfter } from "../payments.ts";
import { Histogram } from "./histogram.ts";
import { closedLoop, openLoop } from "./loops.ts";
import { PreparedBodies, singleRequests } from "./request-source.ts";
import { poissonSchedule, type Schedule } from "./schedule.ts";

const world = { seed: 1, customers: 50, merchants: 20, startMs: Date.UTC(2026, 0, 1), days: 1 };
const bodies = new PreparedBodies(paymentsAfter(world, 100), "abcdef");
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that tells each body to `answer`. */
async function serving(answer: (body: string, response: ServerResponse) => void) {
  const listening = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => answer(body, response));
  });
  server = listening;
  await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
  const { port } = listening.address() as AddressInfo;
  return [{ port, source: singleRequests(bodies, { port, path: "/v1/score", key: null }) }];
}

function reply(response: ServerResponse, status = 200): void {
  response.writeHead(status, { "content-length": 2 }).end("ok");
}

/** So many requests, all due at once. */
function burst(count: number): Schedule {
  let left = count;
  return {
    get nextMs() {
      return left > 0 ? 0 : null;
    },
    advance: () => void left--,
  };
}

test("a closed loop has one request in flight on each connection, and counts every answer by its status", async () => {
  let [open, most, seen] = [0, 0, 0];
  const ids = new Set<string>();
  const targets = await serving((body, response) => {
    ids.add(JSON.parse(body).id);
    most = Math.max(most, ++open);
    setImmediate(() => {
      open--;
      reply(response, seen++ % 10 === 0 ? 503 : 200);
    });
  });
  const result = await closedLoop({ targets, connections: 3, seconds: 0.2 });
  expect(most).toBeLessThanOrEqual(3);
  expect(ids.size).toBe(result.sent);
  expect((result.statuses[200] ?? 0) + (result.statuses[503] ?? 0)).toBe(result.sent);
  expect(result.decided).toBe(result.statuses[200]);
  expect(result.latency.total).toBe(result.decided);
  expect([result.broken, result.unanswered, result.unsent]).toEqual([0, 0, 0]);
});

test("while the server stalls, an open loop goes on sending, and what waits has waited since it was due", async () => {
  const STALL_MS = 250;
  const held: ServerResponse[] = [];
  let stalling = true;
  const targets = await serving((_, response) => {
    if (!stalling) reply(response);
    else if (held.push(response) === 1) {
      setTimeout(() => {
        stalling = false;
        for (const waiting of held) reply(waiting);
      }, STALL_MS);
    }
  });
  const result = await openLoop({ targets, connections: 4, seconds: 0.5 }, poissonSchedule(400, 0.5, 1));
  const latency = new Histogram(result.latency);
  expect(result.sent).toBe(result.statuses[200]);
  expect(held.length).toBeLessThanOrEqual(4);
  // Of some 200 due, half came while nothing was answered: a closed loop would have seen four slow ones.
  expect(latency.quantile(0.75)).toBeGreaterThan(100_000);
  expect(new Histogram(result.service).quantile(0.75)).toBeLessThan(latency.quantile(0.75) ?? 0);
});

test("callers that lose patience are counted, not sent", async () => {
  const targets = await serving((_, response) => setTimeout(() => reply(response), 60));
  const result = await openLoop({ targets, connections: 1, seconds: 0.1 }, burst(50), 30);
  expect(result.sent).toBeLessThan(50);
  expect(result.sent + result.unsent).toBe(50);
});

test("a connection that the server breaks is counted and opened again", async () => {
  let seen = 0;
  const targets = await serving((_, response) => {
    if (seen++ === 2) response.socket?.destroy();
    else reply(response);
  });
  const result = await closedLoop({ targets, connections: 1, seconds: 0.4 });
  expect(result.broken).toBe(1);
  expect(result.statuses[200]).toBeGreaterThan(2);
});

test("nobody listening is said at once where nothing can be opened", async () => {
  const [target] = await serving((_, response) => reply(response));
  if (target === undefined) throw new Error("no target");
  await expect(closedLoop({ targets: [], connections: 1, seconds: 1 })).rejects.toThrow(/nowhere/);
});
