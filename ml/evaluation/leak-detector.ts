import { columnLeak } from "./leak-columns.ts";
import type { LeakFinding, LeakSubject } from "./leak-finding.ts";
import { contiguousRows, judgedRows } from "./leak-sample.ts";
import { labelTimeLeaks } from "./leak-times.ts";

const SAMPLED_ROWS = 50_000;

/**
 * Looks for leaks before a model is trained, on rows in event order: single features that give the label away, features
 * that identify rows or tell their time, and labels whose times do not fit. Findings are suspicions to be explained,
 * features first, in the order of the set. Looks at no more than `maxRows` rows per check, evenly over the data and
 * all frauds that fit in half of them; O(n log n) in those, deterministic.
 */
export function findLeaks(subject: LeakSubject, maxRows: number = SAMPLED_ROWS): LeakFinding[] {
  const judged = judgedRows(subject.labels, maxRows);
  const recent = contiguousRows(subject.rows, maxRows);
  const findings = subject.featureSet.definitions.flatMap((definition, column) => {
    const finding = columnLeak(subject, { definition, column, judged, recent });
    return finding === null ? [] : [finding];
  });
  return [...findings, ...labelTimeLeaks(subject)];
}
