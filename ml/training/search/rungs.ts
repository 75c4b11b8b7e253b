import { createRng } from "#ml/math/seeded-random.ts";
import type { Slice } from "../time-split.ts";

/** One rung of a search: so many configurations, each on that share of the training rows. */
export type Rung = { readonly trials: number; readonly share: number };

/** Of each rung's configurations one in so many goes on, to as many times the rows. */
const HALVING_FACTOR = 3;
const MOST_RUNGS = 4;
/** With fewer frauds to learn from, a rung would rank configurations by luck. */
const LEAST_FRAUDS = 40;

/**
 * Rungs for so many configurations: the last is on all rows, each before it on a third of them with three times as
 * many configurations. Several reach the last rung, so that the best is chosen among equals in rows; rungs that would
 * see too few frauds are left out.
 */
export function rungsFor(trials: number, frauds: number): Rung[] {
  const possible = Math.floor(Math.log(Math.max(1, trials)) / Math.log(HALVING_FACTOR) + 1e-9);
  let count = Math.max(1, Math.min(MOST_RUNGS, possible));
  while (count > 1 && frauds * shareOf(0, count) < LEAST_FRAUDS) count--;
  const rungs: Rung[] = [];
  for (let rung = 0, left = trials; rung < count; rung++) {
    rungs.push({ trials: left, share: shareOf(rung, count) });
    left = Math.max(1, Math.floor(left / HALVING_FACTOR));
  }
  return rungs;
}

function shareOf(rung: number, count: number): number {
  return 1 / HALVING_FACTOR ** (count - 1 - rung);
}

/** That share of a slice's rows, in their order; the parts of one seed are nested. Deterministic. */
export function sharedRows(slice: Slice, share: number, seed: number): Slice {
  if (share >= 1) return slice;
  const rng = createRng(`rungs:${seed}`);
  // A row is in every part larger than its own draw, so that a larger part holds the smaller ones.
  const kept = Array.from(slice.rows.keys()).filter(() => rng.next() < share);
  return {
    window: slice.window,
    rows: Uint32Array.from(kept, (at) => slice.rows[at] as number),
    labels: Uint8Array.from(kept, (at) => slice.labels[at] as number),
  };
}
