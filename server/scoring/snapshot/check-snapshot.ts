import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { FeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { bytesOf } from "#ml/features/saved-state.ts";
import { LogReplay } from "../log-replay.ts";
import { settledSeq } from "./settled-seq.ts";
import type { Snapshots } from "./snapshots.ts";

export type SnapshotCheck = {
  /** sequence of the last payment in the snapshot */
  readonly lastSeq: number;
  /** payments replayed after it */
  readonly tail: number;
  /** whether that made, byte for byte, the state that replaying everything makes */
  readonly same: boolean;
};

const SETTLE_LIMIT_MS = 10_000;
const MOST_TRIES = 3;

/**
 * Compares the newest snapshot and what came since with a replay of the whole log. Null where no snapshot can be used,
 * or payments are being written by a transaction that does not end.
 * @throws the signal's reason when aborted.
 */
export async function checkSnapshot(
  parts: { readonly pool: Pool; readonly snapshots: Snapshots; readonly signal: AbortSignal },
  featureSet: FeatureSet,
): Promise<SnapshotCheck | null> {
  const { pool, signal } = parts;
  for (let tries = 1; ; tries++) {
    const toSeq = await settledSeq(pool, { limitMs: SETTLE_LIMIT_MS, signal });
    const labels = await lastLabel(pool);
    if (toSeq === null) return null;
    const short = await replayOf(parts.snapshots.resume(pool, featureSet), { toSeq, signal });
    if (short === null) return null;
    const whole = await replayOf(Promise.resolve(new LogReplay(pool, featureSet)), { toSeq, signal });
    const { lastSeq, payments: tail } = short;
    const same = short.digest === whole?.digest;
    // A label recorded meanwhile may have been known to one of the two only.
    if (same || tries === MOST_TRIES || (await lastLabel(pool)) === labels) return { lastSeq, tail, same };
  }
}

/** What a replay comes to. Its state goes with it, so that one is in memory at a time. */
async function replayOf(
  starting: Promise<LogReplay | null>,
  range: { readonly toSeq: number; readonly signal: AbortSignal },
): Promise<{ lastSeq: number; payments: number; digest: string } | null> {
  const replay = await starting;
  if (replay === null) return null;
  const { lastSeq } = replay;
  const payments = await replay.advance(range);
  return { lastSeq, payments, digest: digestOf(replay.engine) };
}

function digestOf(engine: FeatureEngine): string {
  const digest = createHash("sha256");
  for (const array of engine.save()) digest.update(bytesOf(array));
  return digest.digest("hex");
}

async function lastLabel(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ seq: number }>("select coalesce(max(seq), 0) as seq from label");
  return rows[0]?.seq ?? 0;
}
