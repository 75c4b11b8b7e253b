import { z } from "zod";
import { Problem } from "#server/domain/problem.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { ServiceError, type ServiceErrorCode } from "#server/domain/service-error.ts";
import { ScoreResponse } from "#server/domain/transaction.ts";

const BatchResponse = z.array(z.union([ScoreResponse, Problem]));
const TIMEOUT_MS = 10_000;

const codeOfStatus: Readonly<Record<number, ServiceErrorCode>> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "invalid",
  422: "invalid",
};

/** The scoring engine of another process of this installation, reached over its HTTP API at `baseUrl`. */
export function httpScoringPort(baseUrl: string, token: string): ScoringPort {
  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await request(new URL(path, baseUrl), token, body);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refusal(response.status, answer);
    return answer;
  };
  return {
    score: async (body) => ScoreResponse.parse(await call("/v1/score", body)),
    scoreBatch: async (bodies) => BatchResponse.parse(await call("/v1/score/batch", bodies)),
    byId: async (id) => ScoreResponse.parse(await call(`/v1/transactions/${encodeURIComponent(id)}`)),
  };
}

async function request(url: URL, token: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    if (body === undefined) return await fetch(url, { headers, signal });
    return await fetch(url, { method: "POST", headers, signal, body: JSON.stringify(body) });
  } catch (cause) {
    throw new ServiceError("unavailable", "The scoring server does not answer. Try again in a moment.", {
      cause,
    });
  }
}

function refusal(status: number, answer: unknown): ServiceError {
  const code = codeOfStatus[status] ?? "unavailable";
  const problem = Problem.safeParse(answer);
  if (!problem.success) return new ServiceError(code, `The scoring server answered with status ${status}.`);
  const places = (problem.data.errors ?? []).map((e) => `${e.path}: ${e.message}`);
  return new ServiceError(code, [problem.data.detail, ...places].join("\n"));
}
