import type { PoolClient } from "pg";
import type { ShadowTally } from "./shadow-tally.ts";

/** Adds counts to shadow_pair and canary_group and rows to disagreement, in the caller's transaction. */
export async function addShadowTally(client: PoolClient, tally: ShadowTally): Promise<void> {
  // As JSON, so that the names of the columns stand in one place each.
  const add = async (text: string, rows: readonly object[]): Promise<void> => {
    if (rows.length > 0) await client.query(text, [JSON.stringify(rows)]);
  };
  await add(addPairs, tally.pairs());
  await add(addDisagreements, tally.disagreements);
  await add(addGroups, tally.groups());
}

const addPairs = `
  insert into shadow_pair as p (version_id, currency, champion_outcome, version_outcome, payments, amount_minor, stake_minor)
  select "versionId", currency, "championOutcome", "versionOutcome", payments, "amountMinor", "stakeMinor"
  from json_to_recordset($1::json) as row("versionId" text, currency text, "championOutcome" text,
    "versionOutcome" text, payments int, "amountMinor" bigint, "stakeMinor" bigint)
  on conflict (version_id, currency, champion_outcome, version_outcome) do update set
    payments = p.payments + excluded.payments, amount_minor = p.amount_minor + excluded.amount_minor,
    stake_minor = p.stake_minor + excluded.stake_minor`;

const addDisagreements = `
  insert into disagreement (version_id, transaction_id, at, currency, amount_minor, champion_outcome, version_outcome,
    champion_score, version_score, stake_minor)
  select "versionId", "transactionId", at, currency, "amountMinor", "championOutcome", "versionOutcome",
    "championScore", "versionScore", "stakeMinor"
  from json_to_recordset($1::json) as row("versionId" text, "transactionId" text, at timestamptz, currency text,
    "amountMinor" bigint, "championOutcome" text, "versionOutcome" text, "championScore" float8,
    "versionScore" float8, "stakeMinor" bigint)
  on conflict do nothing`;

const addGroups = `
  insert into canary_group as g (canary_id, arm, "group", payments, failed, errors, reviewed, declined)
  select "canaryId", arm, "group", payments, failed, errors, reviewed, declined
  from json_to_recordset($1::json) as row("canaryId" text, arm text, "group" int, payments int, failed int,
    errors int, reviewed int, declined int)
  on conflict (canary_id, arm, "group") do update set
    payments = g.payments + excluded.payments, failed = g.failed + excluded.failed,
    errors = g.errors + excluded.errors, reviewed = g.reviewed + excluded.reviewed,
    declined = g.declined + excluded.declined`;
