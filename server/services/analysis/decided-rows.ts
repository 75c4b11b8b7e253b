import type { PoolClient } from "pg";
import { DAY_MS } from "#server/domain/day.ts";
import { type Label, type LabelSource, labelSources } from "#server/domain/label.ts";
import { type Outcome, outcomes } from "#server/domain/outcome.ts";
import { type BlockRow, FRAUD, LEGITIMATE, LIVE, NEW_CUSTOMER } from "./block-columns.ts";
import { type Code, type CodeKind, codesOf } from "./codes.ts";

/** Stands for the model version of decisions that no model took part in. */
export const NO_VERSION = "none";

/** A customer is new for so long after the first payment of theirs that arrived. */
const NEW_CUSTOMER_DAYS = 30;

/** As the column `exploration` holds them, counted from 1. */
const explorations = ["approve_to_review", "decline_to_review", "active_learning", "disagreement"];

/** What the column `exploration` holds for a decline that was let through to review. */
export const DECLINE_TO_REVIEW = explorations.indexOf("decline_to_review") + 1;

/** A decided payment as a row of its day's block, but for the sequence, which counts from the block's first. */
export type DecidedRow = {
  readonly seq: number;
  readonly dayMs: number;
  readonly versionId: string;
  readonly row: BlockRow;
};

type Stored = {
  seq: number;
  atMs: number;
  versionId: string | null;
  score: number | null;
  challengerVersionId: string | null;
  challengerScore: number | null;
  amountMinor: number;
  propensity: number;
  customerId: string;
  cardToken: string | null;
  currency: string;
  channel: string | null;
  country: string | null;
  category: string | null;
  outcome: Outcome;
  exploration: string | null;
  origin: string;
  hits: Outcome[] | null;
} & LabelNow;

/** The label that counts for a payment, as far as a block keeps it. */
export type LabelNow = {
  readonly label: Label | null;
  readonly source: LabelSource | null;
  readonly recordedMs: number | null;
};

/** The next `limit` decisions after a sequence up to another, in order, with the labels that count now. */
export async function readDecided(
  client: PoolClient,
  [after, upTo]: readonly [number, number],
  limit: number,
): Promise<DecidedRow[]> {
  const { rows } = await client.query<Stored>(decided, [after, upTo, limit]);
  const codes = async (kind: CodeKind, of: (row: Stored) => string | null): Promise<Map<string, Code>> =>
    codesOf(
      client,
      kind,
      rows.flatMap((row) => of(row) ?? []),
    );
  // One connection, one query at a time.
  const known: Known = {
    customer: await codes("customer", (row) => row.customerId),
    card: await codes("card", cardOf),
    currency: await codes("currency", (row) => row.currency),
    channel: await codes("channel", (row) => row.channel),
    country: await codes("country", (row) => row.country),
    category: await codes("category", (row) => row.category),
    version: await codes("version", (row) => row.challengerVersionId),
  };
  return rows.map((row) => decidedRow(row, known));
}

type Known = Readonly<Record<CodeKind, ReadonlyMap<string, Code>>>;

/** A customer without a card is looked at as one card. */
const cardOf = (row: Stored): string => row.cardToken ?? `customer ${row.customerId}`;

function decidedRow(stored: Stored, known: Known): DecidedRow {
  const code = (kind: CodeKind, value: string | null): number =>
    value === null ? 0 : (known[kind].get(value)?.code ?? 0);
  const dayMs = Math.floor(stored.atMs / DAY_MS) * DAY_MS;
  const firstAtMs = known.customer.get(stored.customerId)?.firstAtMs ?? stored.atMs;
  const isNew = stored.atMs - firstAtMs < NEW_CUSTOMER_DAYS * DAY_MS;
  return {
    seq: stored.seq,
    dayMs,
    versionId: stored.versionId ?? NO_VERSION,
    row: {
      seqOffset: 0,
      atMs: stored.atMs - dayMs,
      score: stored.score ?? Number.NaN,
      challengerScore: stored.challengerScore ?? Number.NaN,
      amountMinor: stored.amountMinor,
      propensity: stored.propensity,
      challenger: code("version", stored.challengerVersionId),
      customer: code("customer", stored.customerId),
      card: code("card", cardOf(stored)),
      currency: code("currency", stored.currency),
      channel: code("channel", stored.channel),
      country: code("country", stored.country),
      category: code("category", stored.category),
      outcome: outcomes.indexOf(stored.outcome),
      exploration: stored.exploration === null ? 0 : explorations.indexOf(stored.exploration) + 1,
      floor: Math.max(0, ...(stored.hits ?? []).map((hit) => outcomes.indexOf(hit) + 1)),
      flags: (stored.origin === "live" ? LIVE : 0) | (isNew ? NEW_CUSTOMER : 0),
      ...labelColumns(stored, stored.atMs),
    },
  };
}

/** The columns that change when a label arrives or is taken back. */
export function labelColumns(
  { label, source, recordedMs }: LabelNow,
  atMs: number,
): Pick<BlockRow, "label" | "source" | "labelDelayS"> {
  if (label === null || source === null || recordedMs === null)
    return { label: 0, source: 0, labelDelayS: 0 };
  return {
    label: label === "fraud" ? FRAUD : LEGITIMATE,
    source: labelSources.indexOf(source) + 1,
    labelDelayS: Math.max(0, Math.floor((recordedMs - atMs) / 1_000)),
  };
}

const decided = `
  select d.seq, (extract(epoch from d.occurred_at) * 1000)::float8 as "atMs", d.model_version_id as "versionId",
    d.score, d.challenger_version_id as "challengerVersionId", d.challenger_score as "challengerScore",
    d.amount_minor as "amountMinor", d.propensity, t.customer_id as "customerId", t.card_token as "cardToken",
    d.currency, t.channel, t.country, t.merchant_category as category, d.outcome, d.exploration, d.origin,
    case when d.rules <> '[]' then array(
      select hit->>'outcome' from jsonb_array_elements(d.rules) hit where not hit ? 'monitored') end as hits,
    l.label, l.source, (extract(epoch from l.recorded_at) * 1000)::float8 as "recordedMs"
  from decision d
  join transaction t on t.id = d.transaction_id
  left join effective_label l on l.transaction_id = d.transaction_id
  where d.seq > $1 and d.seq <= $2 order by d.seq limit $3`;
