import type { Problem } from "#server/domain/problem.ts";
import type { LabelRequest, LabelResponse, ScoreRequest, ScoreResponse } from "#server/domain/transaction.ts";

export type AssayOptions = {
  readonly url: string;
  readonly key: string;
  /** for one try */
  readonly timeoutMs?: number;
  /** tries after the first, on 503 and on no answer */
  readonly retries?: number;
};

/** What Assay refused, and why. */
export class AssayError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.name = "AssayError";
    this.problem = problem;
  }
}

/**
 * A client of Assay's HTTP API that needs nothing but fetch; from Assay it takes types alone. Every call may be
 * repeated without harm, since payments and labels count once, so calls without an answer are sent again as they were.
 * Methods throw AssayError when Assay refuses, and the last error of fetch when it cannot be reached.
 */
export class AssayClient {
  readonly #options: Required<AssayOptions>;

  constructor(options: AssayOptions) {
    this.#options = { timeoutMs: 3_000, retries: 4, ...options };
  }

  score(payment: ScoreRequest): Promise<ScoreResponse> {
    return this.#call("/v1/score", payment);
  }

  /** Results in the order of the payments, each a decision or what is wrong with that payment. */
  scoreBatch(payments: readonly ScoreRequest[]): Promise<(ScoreResponse | Problem)[]> {
    return this.#call("/v1/score/batch", payments);
  }

  /** The decision as it was served. */
  transaction(id: string): Promise<ScoreResponse> {
    return this.#call(`/v1/transactions/${encodeURIComponent(id)}`);
  }

  recordLabel(label: LabelRequest): Promise<LabelResponse> {
    return this.#call("/v1/labels", label);
  }

  async #call<T>(path: string, body?: unknown): Promise<T> {
    const { retries } = this.#options;
    const text = body === undefined ? null : JSON.stringify(body);
    for (let failures = 0; ; failures++) {
      const answer = await this.#try(path, text).catch((error: unknown) => {
        if (failures >= retries) throw error;
        return null;
      });
      if (answer !== null && answer.status < 300) return JSON.parse(answer.text) as T;
      if (answer !== null && (!worthAnotherTry.has(answer.status) || failures >= retries))
        throw new AssayError(problemOf(answer));
      await pause(answer?.retryAfter ?? null, failures);
    }
  }

  /** One try, its body read whole: a timeout counts until the last byte. */
  async #try(path: string, text: string | null): Promise<Answer> {
    const { url, key, timeoutMs } = this.#options;
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const init = { headers, signal: AbortSignal.timeout(timeoutMs) };
    const sent = text === null ? init : { ...init, method: "POST", body: text };
    const response = await fetch(new URL(path, url), sent);
    const { status } = response;
    return { status, retryAfter: response.headers.get("retry-after"), text: await response.text() };
  }
}

type Answer = { readonly status: number; readonly retryAfter: string | null; readonly text: string };

/** Assay's own 503, and what a proxy says while Assay cannot be reached. */
const worthAnotherTry = new Set([502, 503, 504]);

/** The problem document; one made here when something between says no in another form. */
function problemOf({ status, text }: Answer): Problem {
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.type === "string") return problem;
  } catch {
    // not JSON, so not Assay's
  }
  return { type: "about:blank", title: "Unexpected answer", status, detail: "Something between answered." };
}

/** As long as Retry-After says; without it a random while that grows, so that callers do not return all at once. */
function pause(retryAfter: string | null, failures: number): Promise<void> {
  const said = Number(retryAfter);
  const waitMs = said > 0 ? said * 1_000 : Math.random() * Math.min(200 * 2 ** failures, 5_000);
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}
