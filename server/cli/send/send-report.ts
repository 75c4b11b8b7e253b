import { quantiles } from "#ml/math/quantile.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { countLine } from "../import/report.ts";
import type { SendCounts } from "./send-payments.ts";

const SHOWN_PROBLEMS = 5;

/** What was sent and how it was answered, in lines for a person. */
export function sendReport(counts: SendCounts): string[] {
  const lines = [countLine("Payments sent", counts.sent)];
  for (const outcome of outcomes) lines.push(countLine(`  ${outcome}`, counts.outcomes[outcome]));
  if (counts.labelsSent > 0) lines.push(countLine("Chargebacks sent", counts.labelsSent));
  if (counts.refused > 0) lines.push(countLine("Rows refused before sending", counts.refused));
  if (counts.milliseconds.length > 0) {
    const [p50 = 0, p99 = 0] = quantiles(counts.milliseconds, [0.5, 0.99]) ?? [];
    lines.push(`  Latency p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  }
  const problems = [...counts.problems].sort(([, a], [, b]) => b - a);
  for (const [problem, count] of problems.slice(0, SHOWN_PROBLEMS)) lines.push(`  ${count} × ${problem}`);
  if (problems.length > SHOWN_PROBLEMS)
    lines.push(`  and ${problems.length - SHOWN_PROBLEMS} other problems`);
  return lines;
}
