import { expect, test } from "vitest";
import { createApiClient } from "./api-client.ts";

type Reply = Response | Error;

function clientOf(
  replies: Reply[],
  retries = 5,
): { post: ReturnType<typeof createApiClient>["post"]; pauses: number[]; requests: RequestInit[] } {
  const pauses: number[] = [];
  const requests: RequestInit[] = [];
  const client = createApiClient({
    url: "http://scoring",
    key: "secret",
    retries,
    pause: async (ms) => pauses.push(ms),
    fetch: async (_, init) => {
      requests.push(init ?? {});
      const reply = replies.shift() ?? new Error("nothing left");
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
  return { post: client.post, pauses, requests };
}

const busy = (retryAfter: string): Response =>
  new Response('{"title":"Busy"}', { status: 503, headers: { "retry-after": retryAfter } });

test("an answer comes back parsed, and the key goes along", async () => {
  const { post, requests } = clientOf([Response.json({ score: 0.5 })]);
  expect(await post("/v1/score", { id: "a" })).toMatchObject({ ok: true, body: { score: 0.5 } });
  expect(requests[0]?.headers).toMatchObject({ authorization: "Bearer secret" });
  expect(requests[0]?.body).toBe('{"id":"a"}');
});

test("a 503 is sent again after the pause it asks for, within bounds, and so is a refused connection", async () => {
  const { post, pauses } = clientOf([
    busy("2"),
    busy("3600"),
    busy("0"),
    new Error("fetch failed"),
    Response.json({}),
  ]);
  expect(await post("/v1/score", {})).toMatchObject({ ok: true });
  expect(pauses).toEqual([2_000, 10_000, 100, 1_000]);
});

test("after the last retry the problem is told", async () => {
  const { post, pauses } = clientOf([busy("1"), busy("1"), busy("1")], 2);
  expect(await post("/v1/score", {})).toEqual({ ok: false, status: 503, problem: "Busy" });
  expect(pauses).toHaveLength(2);
});

test("a refusal is not retried, and its problem document becomes words", async () => {
  const problem = {
    title: "Not valid",
    detail: "2 fields",
    errors: [{ path: "/id", message: "is missing" }],
  };
  const { post, pauses } = clientOf([Response.json(problem, { status: 422 })]);
  expect(await post("/v1/score", {})).toEqual({
    ok: false,
    status: 422,
    problem: "Not valid; 2 fields; /id is missing",
  });
  expect(pauses).toEqual([]);
});

test("a server that cannot be reached is named", async () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  const { post } = clientOf([new TypeError("fetch failed", { cause: refused })], 0);
  expect(await post("/v1/score", {})).toEqual({
    ok: false,
    status: 0,
    problem: "http://scoring cannot be reached (ECONNREFUSED)",
  });
});
