import type { Pool } from "pg";
import { type Outcome, outcomes } from "#server/domain/outcome.ts";
import type { WatchedModel } from "./watched-model.ts";
import type { WatchedPayment, WatchedWindow } from "./watched-rows.ts";
import { WEEK_MS } from "./weeks.ts";

/** Where payments came from and how they were answered: what is not of the model. */
export type ServedWeek = {
  /** decisions there were, whether looked at or not */
  readonly decisions: number;
  /** decisions with features of another version, which cannot be compared */
  readonly otherFeatures: number;
  /** decisions that no model could score */
  readonly unscored: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly sources: readonly {
    readonly origin: string;
    readonly channel: string | null;
    readonly payments: number;
  }[];
};

export type ReadWeek = { readonly window: WatchedWindow; readonly served: ServedWeek };

/** Payments of a week that are looked at; of more, every so manieth. */
const MOST_ROWS = 60_000;

/** The payments of the week from `weekMs` on, scored by the watched model from the features as served. */
export async function readWeek(pool: Pool, model: WatchedModel, weekMs: number): Promise<ReadWeek> {
  const [from, to] = [new Date(weekMs), new Date(weekMs + WEEK_MS)];
  const served = await readServed(pool, model, [from, to]);
  const every = Math.max(1, Math.ceil(served.decisions / MOST_ROWS));
  const { rows } = await pool.query<Row>(paymentsQuery, [from, to, model.featureSet.version, every]);
  const width = model.featureSet.definitions.length;
  const features = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (let f = 0; f < width; f++) features[at * width + f] = row.features.readDoubleLE(f * 8);
  }
  const scores = new Float64Array(rows.length);
  model.scorer().score(features, rows.length, scores);
  const payments = rows.map(({ features: _, ...payment }, at): WatchedPayment => {
    const score = scores[at] ?? Number.NaN;
    return { ...payment, score: Number.isNaN(score) ? null : score };
  });
  const delays = await pool.query<{ source: string; days: number }>(delaysQuery, [from, to]);
  return { window: { payments, features, width, labelDelays: delays.rows }, served };
}

type Row = Omit<WatchedPayment, "score"> & { readonly features: Buffer };

/** Decisions of the week, by index alone: tells whether it has to be looked at again. */
export async function countDecisions(pool: Pool, weekMs: number): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "select count(*)::float8 as n from decision where occurred_at >= $1 and occurred_at < $2",
    [new Date(weekMs), new Date(weekMs + WEEK_MS)],
  );
  return rows[0]?.n ?? 0;
}

async function readServed(pool: Pool, model: WatchedModel, [from, to]: [Date, Date]): Promise<ServedWeek> {
  const { rows } = await pool.query<Served>(servedQuery, [from, to, model.featureSet.version]);
  const sum = (of: (row: Served) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const bySource = Map.groupBy(rows, ({ origin, channel }) => JSON.stringify([origin, channel]));
  return {
    decisions: sum(({ n }) => n),
    otherFeatures: sum(({ other }) => other),
    unscored: sum(({ unscored }) => unscored),
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, sum((row) => (row.outcome === outcome ? row.n : 0))]),
    ) as Record<Outcome, number>,
    sources: [...bySource.values()]
      .map((own) => ({
        origin: own[0]?.origin ?? "",
        channel: own[0]?.channel ?? null,
        payments: own.reduce((total, { n }) => total + n, 0),
      }))
      .sort((a, b) => b.payments - a.payments),
  };
}

type Served = {
  readonly origin: string;
  readonly channel: string | null;
  readonly outcome: string;
  readonly n: number;
  readonly other: number;
  readonly unscored: number;
};

const servedQuery = `
  select t.origin, t.channel, d.outcome, count(*)::float8 as n,
    (count(*) filter (where d.feature_set_version <> $3))::float8 as other,
    (count(*) filter (where d.score is null))::float8 as unscored
  from decision d join transaction t on t.id = d.transaction_id
  where d.occurred_at >= $1 and d.occurred_at < $2 group by 1, 2, 3`;

const paymentsQuery = `
  select d.features, d.amount_minor::float8 as "amountMinor", d.currency, t.channel, t.customer_id as "customerId",
    exists (select from label l where l.transaction_id = d.transaction_id and l.label = 'fraud'
      and l.recorded_at <= $2 and not exists (select from label_withdrawal w where w.label_seq = l.seq)) as reported
  from decision d join transaction t on t.id = d.transaction_id
  where d.occurred_at >= $1 and d.occurred_at < $2 and d.feature_set_version = $3 and d.seq % $4 = 0
  order by d.occurred_at, d.seq`;

const delaysQuery = `
  select l.source, extract(epoch from l.recorded_at - t.occurred_at)::float8 / 86400 as days
  from label l join transaction t on t.id = l.transaction_id
  where l.label = 'fraud' and l.recorded_at > $1 and l.recorded_at <= $2
    and not exists (select from label_withdrawal w where w.label_seq = l.seq)`;
