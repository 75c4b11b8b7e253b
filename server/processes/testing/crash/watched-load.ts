import { setTimeout as sleep } from "node:timers/promises";
import type { ScoreResponse } from "#server/domain/transaction.ts";
import { loadBody } from "./acknowledged.ts";

/** One answer as its caller saw it; status 0 when the connection broke. */
export type Watched = {
  readonly id: string;
  readonly body: string;
  readonly status: number;
  readonly ms: number;
  readonly retryAfter: string | null;
  readonly contentType: string | null;
  readonly text: string;
};

export type WatchedLoad = {
  /** Answers so far that were asked for at `since` (performance.now()) or later. */
  answers(since?: number): readonly Watched[];
  /** Resolves when every client has its last answer. */
  stop(): Promise<void>;
};

const LIMIT_MS = 10_000;
const PAUSE_AFTER_REFUSAL_MS = 20;

/** Clients that each send one new payment after the other, whatever is answered, and note how they were answered. */
export function startWatchedLoad(target: { url: string; key: string }, clients: number): WatchedLoad {
  const all: (Watched & { readonly since: number })[] = [];
  const run = `watch_${Math.round(performance.now())}`;
  let stopped = false;
  const work = async (client: number): Promise<void> => {
    for (let count = 0; !stopped; count++) {
      const body = loadBody(run, client, count, new Date().toISOString());
      const since = performance.now();
      const answer = await ask(target, body);
      all.push({ id: `${run}_${client}_${count}`, body, since, ms: performance.now() - since, ...answer });
      if (answer.status !== 200) await sleep(PAUSE_AFTER_REFUSAL_MS);
    }
  };
  const working = Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  return {
    answers: (since = 0) => all.filter((answer) => answer.since >= since),
    async stop() {
      stopped = true;
      await working;
    },
  };
}

/** Sends a body and tells what came back. */
export async function ask(
  { url, key }: { url: string; key: string },
  body: string,
): Promise<Pick<Watched, "status" | "retryAfter" | "contentType" | "text">> {
  try {
    const response = await fetch(`${url}/v1/score`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const { headers, status } = response;
    const text = await response.text();
    return { status, retryAfter: headers.get("retry-after"), contentType: headers.get("content-type"), text };
  } catch {
    return { status: 0, retryAfter: null, contentType: null, text: "" };
  }
}

/** The decision in a 200. */
export function decisionIn(answer: Pick<Watched, "text">): ScoreResponse {
  return JSON.parse(answer.text) as ScoreResponse;
}
