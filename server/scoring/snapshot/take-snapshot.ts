import type { Pool } from "pg";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { LogReplay } from "../log-replay.ts";
import { settledSeq } from "./settled-seq.ts";
import type { Snapshots } from "./snapshots.ts";

export type SnapshotTaken = { readonly lastSeq: number; readonly payments: number; readonly bytes: number };

const SETTLE_LIMIT_MS = 30_000;

/**
 * Replays what came since the last snapshot, and keeps where that ends. Null when payments are being written by a
 * transaction that does not end, or none came.
 * @throws the signal's reason when aborted.
 */
export async function takeSnapshot(
  parts: { readonly pool: Pool; readonly snapshots: Snapshots; readonly signal: AbortSignal },
  featureSet: FeatureSet,
): Promise<SnapshotTaken | null> {
  const { pool, snapshots, signal } = parts;
  const toSeq = await settledSeq(pool, { limitMs: SETTLE_LIMIT_MS, signal });
  if (toSeq === null) return null;
  const replay = (await snapshots.resume(pool, featureSet)) ?? new LogReplay(pool, featureSet);
  const payments = await replay.advance({ toSeq, signal });
  if (payments === 0) return null;
  return { lastSeq: replay.lastSeq, payments, bytes: await snapshots.keep(pool, replay) };
}
