import fc from "fast-check";
import { DocumentedApi } from "#server/scoring/http/testing/documented.ts";
import { answersIn, exchange, exchangeRaw, newAgent, type Target } from "./exchange.ts";
import { faultsOf, rawFaults } from "./faults.ts";
import { type FuzzCase, fuzzCase, type PlainCase } from "./fuzz-cases.ts";

export type FuzzOptions = {
  readonly bodies: number;
  readonly seed: number;
  /** A server that decides without a database takes the volume. */
  readonly stub: Target;
  /** A whole one, with engine and database, takes every `REAL_EVERY`th. */
  readonly real: Target;
  readonly onProgress?: (done: number) => void;
};

export type Fault = {
  readonly chunkSeed: number;
  readonly index: number;
  readonly what: string;
  readonly sent: string;
};

export type FuzzReport = {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
};

const CHUNK = 250;
const REAL_EVERY = 8;
const CLIENTS = 12;
const MOST_FAULTS = 20;

/**
 * Sends requests made from a seed and compares every answer with what the API promises. Chunk `i` is made from
 * `seed + i`, so that any fault is made again by its chunk alone. Stops after twenty faults.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const statuses: Record<string, number> = {};
  const faults: Fault[] = [];
  const api = new DocumentedApi();
  const agent = newAgent();
  let sent = 0;
  for (let first = 0; first < options.bodies && faults.length < MOST_FAULTS; first += CHUNK) {
    const chunkSeed = options.seed + first / CHUNK;
    const cases = fc.sample(fuzzCase, { seed: chunkSeed, numRuns: Math.min(CHUNK, options.bodies - first) });
    const queue = cases.entries();
    const work = async (): Promise<void> => {
      for (const [index, one] of queue) {
        const target = index % REAL_EVERY === 0 || isTrpc(one) ? options.real : options.stub;
        const tried = one.kind === "raw" ? playRaw(target, one.bytes) : play(one, { target, api, agent });
        const { status, what } = await tried.catch((error: unknown) => ({
          status: "none",
          what: [String(error)],
        }));
        statuses[status] = (statuses[status] ?? 0) + 1;
        for (const text of what) faults.push({ chunkSeed, index, what: text, sent: shown(one) });
        sent++;
        options.onProgress?.(sent);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
  }
  agent.destroy();
  return { sent, statuses, faults };
}

/** The stub has no router. */
function isTrpc(one: FuzzCase): boolean {
  return one.kind !== "raw" && one.path.startsWith("/trpc/");
}

type Tried = { readonly status: string; readonly what: string[] };
type Parts = {
  readonly target: Target;
  readonly api: DocumentedApi;
  readonly agent: ReturnType<typeof newAgent>;
};

async function play(sent: PlainCase, { target, api, agent }: Parts): Promise<Tried> {
  const first = await exchange(target, sent, agent);
  const what = faultsOf(api, sent, first);
  if (sent.kind === "hostile") return { status: String(first.status), what };
  if (first.status !== 200)
    return {
      status: String(first.status),
      what: [...what, `a valid payment gets ${first.status} ${first.body}`],
    };
  const turned = Object.fromEntries(Object.entries(JSON.parse(sent.body.toString())).reverse());
  for (const body of [sent.body, Buffer.from(JSON.stringify(turned))]) {
    const again = await exchange(target, { ...sent, body }, agent);
    if (again.status !== 200 || again.body !== first.body) what.push("sent again it gets another answer");
  }
  return { status: "200", what };
}

async function playRaw(target: Target, bytes: Buffer): Promise<Tried> {
  const answers = answersIn(await exchangeRaw(target, bytes));
  return { status: `raw ${answers[0]?.status ?? "none"}`, what: rawFaults(bytes, answers) };
}

function shown(one: FuzzCase): string {
  if (one.kind === "raw") return JSON.stringify(one.bytes.subarray(0, 600).toString("latin1"));
  const { method, path, headers, body } = one;
  return `${method} ${path.slice(0, 200)} ${JSON.stringify(headers)} ${JSON.stringify(body.subarray(0, 600).toString("latin1"))}`;
}
