import type { PoolClient } from "pg";
import type { DecisionTally } from "./decision-tally.ts";

/** Adds counts to decision_day and feature_day, in the caller's transaction. */
export async function addTally(client: PoolClient, tally: DecisionTally): Promise<void> {
  const days = tally.dayRows();
  if (days.length > 0) {
    await client.query(addDays, [
      days.map((row) => row.day),
      days.map((row) => row.modelVersionId),
      days.map((row) => row.currency),
      days.map((row) => row.outcome),
      days.map((row) => row.decisions),
      days.map((row) => row.amountMinor),
      days.map((row) => row.expectedLossMinor),
      days.map((row) => row.scoreSum),
    ]);
  }
  const features = tally.featureRows();
  if (features.length === 0) return;
  await client.query(addFeatures, [
    features.map((row) => row.day),
    features.map((row) => row.modelVersionId),
    features.map((row) => row.feature),
    features.map((row) => `{${row.counts.join(",")}}`),
    features.map((row) => row.missing),
    features.map((row) => row.unseen),
    features.map((row) => row.outside),
  ]);
}

const addDays = `
  insert into decision_day as d (day, model_version_id, currency, outcome, decisions, amount_minor,
    expected_loss_minor, score_sum)
  select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::bigint[],
    $8::float8[])
  on conflict (day, model_version_id, currency, outcome) do update set
    decisions = d.decisions + excluded.decisions, amount_minor = d.amount_minor + excluded.amount_minor,
    expected_loss_minor = d.expected_loss_minor + excluded.expected_loss_minor,
    score_sum = d.score_sum + excluded.score_sum`;

const addFeatures = `
  insert into feature_day as f (day, model_version_id, feature, counts, missing, unseen, outside)
  select day, model_version_id, feature, counts::int[], missing, unseen, outside
  from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[])
    as row (day, model_version_id, feature, counts, missing, unseen, outside)
  on conflict (model_version_id, day, feature) do update set
    counts = (select array_agg(known.n + added.n order by known.bin)
              from unnest(f.counts) with ordinality as known (n, bin)
              join unnest(excluded.counts) with ordinality as added (n, bin) using (bin)),
    missing = f.missing + excluded.missing, unseen = f.unseen + excluded.unseen,
    outside = f.outside + excluded.outside`;
