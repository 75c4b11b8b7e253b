import type { Draft } from "./draft.ts";
import type { Scene } from "./routine.ts";

/** One planned episode of several payments: a fraudster's, or an honest one that looks a little like it. */
export type Campaign = (
  scene: Scene,
  options: { readonly startMs: number; readonly size: number },
) => Draft[];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** No campaign lasts longer, so a stream that plans this far back misses nothing. */
export const LONGEST_CAMPAIGN_DAYS = 12;

/** An exponential waiting time with the given mean, cut at six means. */
export function wait(scene: Scene, meanMs: number): number {
  return Math.ceil(Math.min(6, -Math.log(1 - scene.rng.next())) * meanMs);
}

/** A whole number of at least `least` whose mean is about `mean`. */
export function sizeAround(scene: Scene, mean: number, least: number): number {
  return least + scene.rng.poisson(Math.max(0, mean - least));
}
