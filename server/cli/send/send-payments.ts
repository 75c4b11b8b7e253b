import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { Outcome, outcomes } from "#server/domain/outcome.ts";
import { type LabelRequest, ScoreResponse } from "#server/domain/transaction.ts";
import {
  knownFields,
  type MappedFile,
  type MappedRow,
  type RefusedRow,
} from "#server/services/import/index.ts";
import type { ApiClient } from "./api-client.ts";

export type SendCounts = {
  sent: number;
  readonly outcomes: Record<Outcome, number>;
  /** Of answered requests, retries apart. */
  readonly milliseconds: number[];
  /** Problems in words, with how many requests met them. */
  readonly problems: Map<string, number>;
  refused: number;
  frauds: number;
  labelsSent: number;
};

export type SendParts = {
  readonly file: MappedFile;
  readonly client: ApiClient;
  readonly limit: number;
  readonly concurrency: number;
  /** Days after the payment at which its fraud comes back as a chargeback; null sends no labels. */
  readonly delayDays: number | null;
  readonly now: () => Date;
  readonly onProgress: (counts: SendCounts) => void;
  readonly onRefused: (row: RefusedRow) => void;
};

/**
 * Plays payments through POST /v1/score in the order of the file, without their labels; with several at once that
 * order holds only roughly. Then, where asked, posts their frauds to /v1/labels as chargebacks.
 */
export async function sendPayments(parts: SendParts): Promise<SendCounts> {
  const counts = noCounts();
  const frauds: PaymentEvent[] = [];
  const rows = limited(parts, counts);
  const score = async ({ payment, fraud }: MappedRow): Promise<void> => {
    const scored = await scoreOne(parts.client, payment, counts);
    if (scored && fraud === true) frauds.push(payment);
    parts.onProgress(counts);
  };
  await workThrough(rows, parts.concurrency, score);
  counts.frauds = frauds.length;
  if (parts.delayDays !== null) {
    frauds.sort((a, b) => a.occurredAtMs - b.occurredAtMs);
    for (const payment of frauds) await labelOne(parts, payment, counts);
  }
  return counts;
}

/** A payment as POST /v1/score takes it. */
function scoreRequestOf(payment: PaymentEvent): Record<string, unknown> {
  return { ...knownFields(payment), occurredAt: new Date(payment.occurredAtMs).toISOString() };
}

async function scoreOne(client: ApiClient, payment: PaymentEvent, counts: SendCounts): Promise<boolean> {
  const answer = await client.post("/v1/score", scoreRequestOf(payment));
  counts.sent += 1;
  if (!answer.ok) {
    countProblem(counts, `${answer.status === 0 ? "" : `${answer.status}: `}${answer.problem}`);
    return false;
  }
  counts.outcomes[ScoreResponse.parse(answer.body).outcome] += 1;
  counts.milliseconds.push(answer.milliseconds);
  return true;
}

/** A dispute that would be raised later than now is raised now. */
async function labelOne(
  { client, delayDays, now }: SendParts,
  payment: PaymentEvent,
  counts: SendCounts,
): Promise<void> {
  const raisedMs = Math.min(payment.occurredAtMs + (delayDays ?? 0) * DAY_MS, now().getTime());
  const label: LabelRequest = {
    transactionId: payment.id,
    label: "fraud",
    source: "chargeback",
    occurredAt: new Date(raisedMs).toISOString(),
  };
  const answer = await client.post("/v1/labels", label);
  if (answer.ok) counts.labelsSent += 1;
  else countProblem(counts, `label, ${answer.status}: ${answer.problem}`);
}

async function* limited(
  { file, limit, onRefused }: SendParts,
  counts: SendCounts,
): AsyncGenerator<MappedRow> {
  let left = limit;
  for await (const { rows, refused } of file.batches) {
    counts.refused += refused.length;
    refused.forEach(onRefused);
    for (const row of rows) {
      if (left <= 0) return;
      left -= 1;
      yield row;
    }
  }
}

/** Up to `workers` at once; the next item is taken when one is done. */
async function workThrough<T>(
  items: AsyncGenerator<T>,
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let next = await items.next(); next.done !== true; next = await items.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

function countProblem({ problems }: SendCounts, problem: string): void {
  problems.set(problem, (problems.get(problem) ?? 0) + 1);
}

function noCounts(): SendCounts {
  return {
    sent: 0,
    outcomes: { approve: 0, review: 0, decline: 0 } satisfies Record<(typeof outcomes)[number], number>,
    milliseconds: [],
    problems: new Map(),
    refused: 0,
    frauds: 0,
    labelsSent: 0,
  };
}
