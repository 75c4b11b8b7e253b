import type { EvaluationResults, FamilyResult } from "#server/cli/evaluate/results.ts";
import type { Counts, Goal, QualitySet } from "./quality-set.ts";

export type JudgedGoal = Goal & { readonly found: number | null; readonly reached: boolean };

/** Every goal of a set beside what was found. */
export function judgeGoals({ goals }: QualitySet, { selected, results }: EvaluationResults): JudgedGoal[] {
  return goals.map((goal) => {
    const family = goal.family === "selected" ? selected : goal.family;
    const found = results[family]?.[goal.figure] ?? null;
    return { ...goal, found, reached: found !== null && found >= goal.atLeast };
  });
}

/** @throws RangeError when the protocol gave other rows than it should, so that no figure could be compared. */
export function checkCounts({ name, counts }: QualitySet, { folds }: EvaluationResults): void {
  const [fold] = folds;
  if (fold === undefined) throw new RangeError(`${name}: nothing was evaluated`);
  const text = ({ rows, frauds }: Counts): string => `${rows} rows, ${frauds} frauds`;
  for (const part of ["train", "test"] as const) {
    if (text(fold[part]) === text(counts[part])) continue;
    throw new RangeError(`${name}: ${part} has ${text(fold[part])}, expected ${text(counts[part])}`);
  }
}

/** The families of a set, the selected one marked. */
export function familyRows({
  selected,
  results,
}: EvaluationResults): { name: string; result: FamilyResult }[] {
  return Object.entries(results).map(([family, result]) => ({
    name: `${family}${family === selected ? " *" : ""}`,
    result,
  }));
}
