import type { Pool, PoolClient } from "pg";
import { createFeatureEngine } from "#ml/features/engine.ts";
import type { LabelEvent, PaymentEvent } from "#ml/features/payment-event.ts";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { loadScorer } from "#ml/models/scorer.ts";

export type Served = {
  readonly payment: PaymentEvent;
  readonly score: number | null;
  readonly outcome: "approve" | "review";
  readonly features: Float64Array;
  readonly labelCursor: number;
};

export type ServeOptions = {
  readonly artifact: ModelArtifact;
  readonly modelVersionId: string;
  readonly policyVersionId: string;
  /** Changes what is stored of a decision, as a faulty scorer would. */
  readonly corrupt?: (served: Served, index: number) => Served;
};

type LabelRow = LabelEvent & { readonly seq: number };

/**
 * Decides the payments one by one as a scoring server does, labels applied as they come in. Every 50th can't be
 * scored. `writeDecisions` stores what this returns.
 */
export async function decideLog(
  pool: Pool,
  payments: readonly PaymentEvent[],
  options: ServeOptions,
): Promise<Served[]> {
  const labels = await labelsInOrder(pool, payments);
  const engine = createFeatureEngine(options.artifact.featureSet);
  const scorer = loadScorer(options.artifact);
  const score = new Float64Array(1);
  let [applied, labelCursor] = [0, 0];
  return payments.map((payment, index): Served => {
    for (let label = labels[applied]; label !== undefined; label = labels[++applied]) {
      if (label.recordedAtMs > payment.occurredAtMs) break;
      engine.applyLabel(label);
      labelCursor = label.seq;
    }
    const features = new Float64Array(engine.featureSet.definitions.length);
    engine.compute(payment, features, 0);
    engine.observe(payment);
    scorer.score(features, 1, score);
    const failed = index % 50 === 49;
    const outcome = failed || (score[0] ?? 1) > 0.3 ? "review" : "approve";
    const decided = {
      payment,
      features,
      labelCursor,
      score: failed ? null : (score[0] ?? null),
      outcome,
    } as const;
    return options.corrupt?.(decided, index) ?? decided;
  });
}

async function labelsInOrder(pool: Pool, payments: readonly PaymentEvent[]): Promise<LabelRow[]> {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const { rows } = await pool.query<{ seq: number; id: string; label: "fraud" | "legitimate"; at: Date }>(
    "select seq, transaction_id as id, label, recorded_at as at from label order by seq",
  );
  return rows.flatMap(({ seq, id, label, at }) => {
    const payment = byId.get(id);
    if (payment === undefined) return [];
    return [{ ...payment, seq, transactionId: id, label, recordedAtMs: at.getTime() }];
  });
}

/** Writes decisions as live ones, in their order. */
export async function writeDecisions(
  client: Pool | PoolClient,
  served: readonly Served[],
  options: ServeOptions,
): Promise<void> {
  await client.query(
    `insert into decision (transaction_id, occurred_at, scored_at, outcome, score, failure, model_version_id,
       policy_version_id, feature_set_version, features, label_cursor, reasons, propensity, expected_loss_minor,
       amount_minor, currency, response, origin)
     select id, at, at, outcome, score, case when score is null then 'model_unavailable' end,
       case when score is not null then $8 end, $9, $10, features, label_cursor, '[]', 1, amount / 2, amount, currency,
       '{}', 'live'
     from unnest($1::text[], $2::timestamptz[], $3::text[], $4::float8[], $5::bytea[], $6::bigint[], $7::bigint[],
       $11::text[]) as row (id, at, outcome, score, features, label_cursor, amount, currency)`,
    [
      served.map(({ payment }) => payment.id),
      served.map(({ payment }) => new Date(payment.occurredAtMs)),
      served.map(({ outcome }) => outcome),
      served.map(({ score }) => score),
      served.map(({ features }) => Buffer.from(features.buffer)),
      served.map(({ labelCursor }) => labelCursor),
      served.map(({ payment }) => payment.amountMinor),
      options.modelVersionId,
      options.policyVersionId,
      options.artifact.featureSet.version,
      served.map(({ payment }) => payment.currency),
    ],
  );
}
