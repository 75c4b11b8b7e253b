import type { MeasuredRecall } from "./fraud-log.ts";
import type { StoryPlan } from "./plan.ts";
import type { Retraining } from "./retraining.ts";
import type { Warnings } from "./signs.ts";

export type StoryWeek = {
  readonly fromMs: number;
  /** by the simulator's truth */
  readonly measured: MeasuredRecall;
  /** by the drift job from scores alone, when the week was over; null where it had nothing to say */
  readonly estimated: number | null;
  readonly payments: number;
  /** reviewed or declined */
  readonly questioned: number;
  /** cases that analysts judged */
  readonly judged: number;
};

/** A story that was played, with everything that was measured in it. */
export type Story = {
  readonly plan: StoryPlan;
  readonly liveMs: number;
  readonly changeMs: number;
  readonly endMs: number;
  readonly weeks: readonly StoryWeek[];
  readonly before: MeasuredRecall;
  readonly shifted: MeasuredRecall;
  readonly after: MeasuredRecall;
  /** alerts of drift raised before anything changed */
  readonly falseAlarms: number;
  readonly warnings: Warnings;
  /** when mature labels showed that recall had fallen; null where they never did */
  readonly labelsMs: number | null;
  readonly retrainings: readonly Retraining[];
  /** what the live guardrails said, with when */
  readonly breaches: readonly { readonly atMs: number; readonly says: string }[];
};

/** The last line of `npm run story`. Null where there was no fraud to measure by. */
export type StoryLine = {
  readonly recallBefore: number | null;
  readonly recallShifted: number | null;
  readonly recallAfter: number | null;
  readonly warnedBeforeLabels: boolean;
};

/** The first promotion of a model that has seen payments after the change; null where there was none. */
export function recovery({
  retrainings,
  changeMs,
}: Pick<Story, "retrainings" | "changeMs">): Retraining | null {
  return retrainings.find(({ promoted, seenToMs }) => promoted && (seenToMs ?? 0) > changeMs) ?? null;
}

/** Warned counts where an alert that needed no label came, and mature labels showed it later or not at all. */
export function lineOf({ before, shifted, after, warnings, labelsMs }: Story): StoryLine {
  const warning = warnings.withoutLabels;
  return {
    recallBefore: rounded(before.recall),
    recallShifted: rounded(shifted.recall),
    recallAfter: rounded(after.recall),
    warnedBeforeLabels: warning !== null && (labelsMs === null || warning.atMs < labelsMs),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}
