import type { Pool } from "pg";
import type { FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { LoggedLabel } from "#server/db/logged-labels.ts";
import { LogReplay } from "./log-replay.ts";
import { lastTurn } from "./scoring-turn.ts";
import type { Snapshots } from "./snapshot/snapshots.ts";

/** What the scoring server remembers of payments and labels, for one feature set. */
export type FeatureState = {
  readonly engine: FeatureEngine;
  /** highest label.seq applied */
  labelCursor: number;
  /** highest transaction.seq that it was built from */
  readonly builtTo: number;
  /** highest transaction.seq observed, of those that came by scoring */
  seenTo: number;
  /** number of the last batch of decisions that it knows */
  turn: number;
};

/** Few enough payments to be caught up with while scoring waits. */
const NEARLY_THERE = 500;

/**
 * Rebuilds the state from the newest snapshot and the database, or the database alone, while scoring goes on with
 * another one. The last few payments are left to `finish`, which must run in turn with the batches, so that none is
 * missed.
 */
export async function rebuildFeatureState(
  pool: Pool,
  featureSet: FeatureSet,
  snapshots?: Snapshots,
): Promise<{ finish(): Promise<FeatureState> }> {
  const replay = (await snapshots?.resume(pool, featureSet)) ?? new LogReplay(pool, featureSet);
  while ((await replay.advance()) > NEARLY_THERE);
  return {
    async finish() {
      const turn = await lastTurn(pool); // before the payments: those of a later batch are then caught up with again
      await replay.advance();
      await replay.applyKnownLabels();
      const { engine, labelCursor, lastSeq } = replay;
      return { engine, labelCursor, builtTo: lastSeq, seenTo: lastSeq, turn };
    },
  };
}

/** Applies labels in the order of recording; those applied before are skipped. */
export function applyLabels(state: FeatureState, labels: readonly LoggedLabel[]): void {
  for (const label of labels) {
    if (label.sequence <= state.labelCursor) continue;
    state.engine.applyLabel(label);
    state.labelCursor = label.sequence;
  }
}
