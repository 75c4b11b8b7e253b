import type { Rung } from "./rungs.ts";

/** What a rung measured of a configuration; the value is what is compared, higher is better. */
export type Measured<M> = { readonly value: number; readonly measurement: M };

export type HalvingRun<T, M> = {
  readonly rungs: readonly Rung[];
  /** "failed" where it cannot be measured, "late" where time ran out under way: the configuration is out. */
  readonly measure: (trial: T, rung: number) => Promise<Measured<M> | "failed" | "late">;
  /** Milliseconds that the search may take from now. */
  readonly budgetMs: number;
  readonly clock: () => number;
  readonly onRungEnd?: (rung: number, end: RungEnd<T>) => Promise<void> | void;
};

export type RungEnd<T> = {
  readonly goOn: readonly T[];
  readonly behind: readonly T[];
  /** Not measured, because time was over. */
  readonly late: readonly T[];
};

export type HalvingEnd<T, M> = {
  /** The best of the highest rung that measured any; null when nothing was measured. */
  readonly winner: T | null;
  readonly measurement: M | null;
  /** The rung that it was chosen on, from 0. */
  readonly rung: number;
  /** Whether time ran out before every configuration of every rung was measured. */
  readonly wasCutShort: boolean;
};

/**
 * Successive halving (Jamieson and Talwalkar 2016; the inner loop of Hyperband, Li et al. 2018): every configuration is
 * measured on few rows, the best go on to more, until the few left are measured on all. Each rung has an equal share of
 * the budget and what earlier ones left over; when it is over the rung goes on with those it has measured. Equal values
 * go to the earlier configuration. Where time runs out the outcome depends on the machine, and the end says so.
 */
export async function halve<T, M>(trials: readonly T[], run: HalvingRun<T, M>): Promise<HalvingEnd<T, M>> {
  const { rungs, measure, budgetMs, clock, onRungEnd } = run;
  const startedMs = clock();
  let end: HalvingEnd<T, M> = { winner: null, measurement: null, rung: -1, wasCutShort: false };
  let running = trials;
  for (const [rung, { trials: room }] of rungs.entries()) {
    const deadline = startedMs + (budgetMs * (rung + 1)) / rungs.length;
    const ranked: { readonly trial: T; readonly result: Measured<M> }[] = [];
    const late: T[] = [];
    for (const [at, trial] of running.slice(0, room).entries()) {
      // The first of a search is always measured: a budget of nothing still gives a model.
      const isOver = clock() >= deadline && !(rung === 0 && at === 0);
      const result = isOver ? "late" : await measure(trial, rung);
      if (result === "late") late.push(trial);
      else if (result !== "failed") ranked.push({ trial, result });
    }
    ranked.sort((a, b) => b.result.value - a.result.value);
    const [best] = ranked;
    const wasCutShort = end.wasCutShort || late.length > 0;
    end =
      best === undefined
        ? { ...end, wasCutShort }
        : { winner: best.trial, measurement: best.result.measurement, rung, wasCutShort };
    const isLast = rung + 1 === rungs.length;
    const places = isLast
      ? 1
      : Math.min(rungs[rung + 1]?.trials ?? 1, nextOf(ranked.length, room, rungs, rung));
    running = ranked.slice(0, places).map(({ trial }) => trial);
    const behind = ranked.slice(places).map(({ trial }) => trial);
    await onRungEnd?.(rung, { goOn: running, behind, late });
    if (best === undefined) break;
  }
  return end;
}

/** A rung that measured fewer than it had room for sends on the same share of them. */
function nextOf(measured: number, room: number, rungs: readonly Rung[], rung: number): number {
  const next = rungs[rung + 1]?.trials ?? 1;
  return Math.max(1, Math.ceil((measured * next) / Math.max(1, room)));
}
