import { setTimeout as sleep } from "node:timers/promises";

/** What became of a request; `problem` says in words why it failed. */
export type ApiAnswer =
  | { readonly ok: true; readonly body: unknown; readonly milliseconds: number }
  | { readonly ok: false; readonly status: number; readonly problem: string };

export type ApiClient = {
  readonly url: string;
  /** Posts JSON until it is answered: a payment system must, and a repeat with the same id is harmless. */
  post(path: string, body: unknown): Promise<ApiAnswer>;
};

export type ApiClientOptions = {
  readonly url: string;
  readonly key: string;
  /** How often an unreachable or overloaded server is tried again. */
  readonly retries?: number;
  readonly fetch?: typeof fetch;
  readonly pause?: (ms: number) => Promise<unknown>;
};

const LONGEST_PAUSE_MS = 10_000;

/** A caller of the scoring API. A 503, as it asks to, and a refused connection are retried. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, key, retries = 30, fetch: send = fetch, pause = sleep } = options;
  const attempt = async (path: string, body: string): Promise<ApiAnswer & { retryMs?: number }> => {
    const started = performance.now();
    try {
      const response = await send(`${url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body,
      });
      const text = await response.text();
      const milliseconds = performance.now() - started;
      if (response.ok) return { ok: true, body: JSON.parse(text), milliseconds };
      const failed = { ok: false, status: response.status, problem: problemOf(text) } as const;
      return response.status === 503 ? { ...failed, retryMs: retryAfterMs(response) } : failed;
    } catch (error) {
      const problem = `${url} cannot be reached (${causeOf(error)})`;
      return { ok: false, status: 0, problem, retryMs: 1_000 };
    }
  };
  return {
    url,
    async post(path, body) {
      const text = JSON.stringify(body);
      for (let tries = 0; ; tries++) {
        const { retryMs, ...answer } = await attempt(path, text);
        if (retryMs === undefined || tries >= retries) return answer;
        await pause(retryMs);
      }
    },
  };
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? 1);
  return Math.min(LONGEST_PAUSE_MS, Math.max(100, Number.isFinite(seconds) ? seconds * 1_000 : 1_000));
}

function problemOf(text: string): string {
  try {
    const { title, detail, errors } = JSON.parse(text);
    const fields = Array.isArray(errors) ? errors.map((e) => `${e.path} ${e.message}`) : [];
    return [title, detail, ...fields].filter((part) => typeof part === "string" && part !== "").join("; ");
  } catch {
    return text.slice(0, 200);
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error instanceof Error ? error.message : String(error);
}
