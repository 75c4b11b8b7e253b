import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { decideBatch } from "./decide-batch.ts";
import { liveInserts, type NewPayment } from "./decision-rows.ts";
import type { FeatureState } from "./feature-state.ts";
import { findKnown, groupById, type KnownPayment, repeatVerdict } from "./known-payments.ts";
import type { ScoringMetrics } from "./metrics.ts";
import type { Waiting } from "./payment-queue.ts";
import { problemOf } from "./problems.ts";
import type { ServingVersion } from "./serving-version.ts";
import { insertStatement } from "./unnest-insert.ts";
import { isRefusal, type WriterConnection } from "./writer-connection.ts";

export type BatchParts = {
  readonly writer: WriterConnection;
  readonly serving: ServingVersion;
  readonly state: FeatureState;
  readonly metrics: ScoringMetrics;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
};

/** A commit whose outcome nobody knows: the connection broke or fell silent while it was under way. */
export class UncertainCommit extends Error {
  readonly payments: readonly NewPayment[];

  constructor(payments: readonly NewPayment[], cause: unknown) {
    super("the outcome of a commit is not known", { cause });
    this.payments = payments;
  }
}

/**
 * Answers a batch: known ids by what was answered before, the others by a decision that is durable. Payments that the
 * database refuses are found by halving, and cost nobody else their answer.
 * @throws UncertainCommit, or the error of a connection that failed before anything was written.
 */
export async function writeBatch(batch: readonly Waiting[], parts: BatchParts): Promise<void> {
  const groups = groupById(batch);
  const known = await timed(parts, "lookup", () => findKnown(parts.writer, [...groups.keys()]));
  const fresh: Waiting[] = [];
  for (const [id, group] of groups) {
    const before = known.get(id);
    if (before !== undefined) settleRepeats(group, before);
    else fresh.push(...group.slice(0, 1));
  }
  if (fresh.length === 0) return;
  const written = await decideAndCommit(fresh, parts);
  if (written === "raced")
    return writeBatch(
      fresh.flatMap((w) => groups.get(w.payment.event.id) ?? []),
      parts,
    );
  if (written === "refused") return halve(fresh, groups, parts);
  for (const payment of written) {
    parts.metrics.countDecision(payment.decision.outcome, payment.decision.failure !== null);
    settleRepeats(groups.get(payment.event.id) ?? [], payment);
  }
}

async function decideAndCommit(
  fresh: readonly Waiting[],
  parts: BatchParts,
): Promise<readonly NewPayment[] | "raced" | "refused"> {
  const { state, writer } = parts;
  state.engine.begin();
  const decisions = await timed(parts, "model", async () => decide(fresh, parts));
  if (decisions === null) return "refused";
  try {
    const statement = insertStatement(liveInserts(decisions));
    await timed(parts, "commit", () => writer.write(statement));
  } catch (error) {
    state.engine.rollback();
    if (isUniqueViolation(error)) return "raced"; // another writer was first; its rows are there to be found now
    if (!isRefusal(error)) throw new UncertainCommit(decisions, error);
    parts.onFailure(error);
    return "refused";
  }
  state.engine.commit();
  parts.metrics.observeBatch(decisions.length);
  return decisions;
}

/** Null when features could not be computed; nothing is left observed then. */
function decide(fresh: readonly Waiting[], parts: BatchParts): NewPayment[] | null {
  const payments = fresh.map((waiting) => waiting.payment);
  try {
    return decideBatch(payments, parts.serving, parts.state, parts.now());
  } catch (error) {
    parts.state.engine.rollback();
    parts.onFailure(error);
    return null;
  }
}

async function halve(
  fresh: readonly Waiting[],
  groups: ReadonlyMap<string, readonly Waiting[]>,
  parts: BatchParts,
): Promise<void> {
  const all = (some: readonly Waiting[]): Waiting[] =>
    some.flatMap((w) => groups.get(w.payment.event.id) ?? []);
  if (fresh.length === 1) {
    for (const waiting of all(fresh)) waiting.settle({ problem: problemOf("internal") });
    return;
  }
  const middle = Math.ceil(fresh.length / 2);
  await writeBatch(all(fresh.slice(0, middle)), parts);
  await writeBatch(all(fresh.slice(middle)), parts);
}

function settleRepeats(group: readonly Waiting[], known: KnownPayment): void {
  for (const waiting of group) waiting.settle(repeatVerdict(known, waiting.payment.requestHash));
}

async function timed<T>(
  { metrics }: BatchParts,
  stage: "lookup" | "model" | "commit",
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    metrics.observe(stage, (performance.now() - start) / 1000);
  }
}
