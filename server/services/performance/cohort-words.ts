import type { Interval } from "#ml/evaluation/wilson-interval.ts";

/** A rate of a week is shown from here on; frauds and alerts are effective numbers, which weights make fewer. */
export const cohortFloor = { frauds: 30, alerts: 30, maturedShare: 0.5 } as const;

/** A figure with its uncertainty, or why there is none to be shown. */
export type Measured = {
  readonly value: number | null;
  readonly interval: Interval | null;
  /** rows that the figure rests on: frauds for recall and average precision, alerts for precision */
  readonly effective: number;
  /** null when it is shown */
  readonly hidden: string | null;
};

/** Why nothing of a week is shown yet; null when enough of it is mature. */
export function hiddenMaturity(maturedShare: number | null, maturityDays: number): string | null {
  if (maturedShare === null) return "No payment of this week was scored.";
  if (maturedShare >= cohortFloor.maturedShare) return null;
  if (maturedShare === 0) return `None of its payments is ${maturityDays} days old yet.`;
  return `Only ${percent(maturedShare)} of its payments are ${maturityDays} days old; shown from ${percent(cohortFloor.maturedShare)}.`;
}

/** Why precision or recall is not shown; null when it is. Average precision needs the frauds of recall. */
export function hiddenShare(name: "precision" | "recall", effective: number): string | null {
  const [needed, what] =
    name === "precision"
      ? [cohortFloor.alerts, "alerts whose truth is known"]
      : [cohortFloor.frauds, "known frauds"];
  return effective >= needed ? null : `Worth ${count(effective)} of the ${needed} ${what} that it takes.`;
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;
const count = (value: number): string => String(Math.floor(value));
