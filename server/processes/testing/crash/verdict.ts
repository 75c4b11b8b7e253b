import type { CrashReport } from "./rounds.ts";

/** What a crash test found wrong, in words; empty when nothing is. A control that lost nothing proves nothing. */
export function faultsOf(durable: CrashReport, control: CrashReport | null): string[] {
  const counts: readonly (readonly [number, string])[] = [
    [durable.missing, "acknowledged payments are missing"],
    [durable.altered, "acknowledged payments have another answer stored"],
    [durable.unpaired, "payments and decisions do not belong together"],
    [durable.unsettled, "payments never got an answer"],
    [durable.wrong.length, `answers were wrong, for example ${durable.wrong[0] ?? ""}`],
    [durable.vectorsDiffering, "served vectors differ from a replay"],
    [durable.scoresDiffering, "served scores differ from a replay"],
  ];
  const faults = counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  if (durable.vectorsCompared < durable.acknowledged) faults.push("not every served vector was recomputed");
  if (durable.indeterminate === 0)
    faults.push("no request was in flight at any kill: the test shows nothing");
  if (control !== null && control.missing === 0) {
    faults.push("the control lost nothing with synchronous_commit=off: the test shows nothing");
  }
  return faults;
}
