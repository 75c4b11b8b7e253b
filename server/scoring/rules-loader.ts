import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { ListEffect, ListKind } from "#server/domain/list/list-entry.ts";
import { changedLists, emptyLists, type ListedValue } from "#server/domain/list/lists.ts";
import { compileRules, noRules } from "#server/domain/rule/apply-rules.ts";
import { RuleSet } from "#server/domain/rule/rule-set.ts";
import type { ActiveLists, ActiveRules } from "./serving-version.ts";

/** What serves before the first activation: no rules. */
export const noActiveRules: ActiveRules = {
  ruleSetVersionId: null,
  ruleSet: { rules: [] },
  compiled: noRules,
};

export const noActiveLists: ActiveLists = { revision: 0, lists: emptyLists };

/** A rule set, compiled for the features that serve. `before` is not read again when it is the one meant. */
export async function loadRules(
  pool: Pool,
  id: string | null,
  { featureSet, before }: { readonly featureSet: FeatureSet; readonly before: ActiveRules | null },
): Promise<ActiveRules> {
  if (id === null) return noActiveRules;
  const ruleSet = before?.ruleSetVersionId === id ? before.ruleSet : await readRules(pool, id);
  return {
    ruleSetVersionId: id,
    ruleSet,
    compiled: compileRules(ruleSet, { features: featureSet.definitions }),
  };
}

async function readRules(pool: Pool, id: string): Promise<RuleSet> {
  const { rows } = await pool.query<{ body: unknown }>("select body from rule_set_version where id = $1", [
    id,
  ]);
  return RuleSet.parse(rows[0]?.body);
}

type EntryRow = {
  readonly id: string;
  readonly list: string;
  readonly kind: string;
  readonly value: string;
  readonly expires_at: Date | null;
  readonly removed: boolean;
};

/** The lists as of a revision: those before with what changed since, so that one more entry costs one row. */
export async function loadLists(
  pool: Pool,
  revision: number,
  before: ActiveLists | null,
): Promise<ActiveLists> {
  if (before?.revision === revision) return before;
  if (revision === 0) return noActiveLists;
  const since = before !== null && before.revision < revision ? before : noActiveLists;
  const { rows } = await pool.query<EntryRow>(
    `select id, list, kind, value, expires_at, coalesce(removed_revision <= $2, false) as removed from list_entry
     where added_revision > $1 and added_revision <= $2
     union select id, list, kind, value, expires_at, true from list_entry
     where removed_revision > $1 and removed_revision <= $2`,
    [since.revision, revision],
  );
  return { revision, lists: changedLists(since.lists, rows.map(listedValue)) };
}

function listedValue({ id, list, kind, value, expires_at: expiresAt, removed }: EntryRow): ListedValue {
  return {
    id,
    list: ListEffect.parse(list),
    kind: ListKind.parse(kind),
    value,
    expiresAtMs: expiresAt?.getTime() ?? null,
    removed,
  };
}
