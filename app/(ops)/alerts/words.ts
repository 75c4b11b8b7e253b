import type { inferRouterOutputs } from "@trpc/server";
import type { Tone } from "#app/ui/badge.tsx";
import type { AppRouter } from "#server/api/root.ts";
import type { AlertRuleBody, AlertState, Severity } from "#server/domain/alert.ts";
import { seriesInfo, seriesValue } from "#server/domain/alert-series.ts";

type Outputs = inferRouterOutputs<AppRouter>["alert"];
export type Alert = Outputs["list"]["rows"][number];
export type AlertRule = Outputs["rules"][number];

export const severityLook: Record<Severity, { word: string; shape: string; tone: Tone }> = {
  info: { word: "Info", shape: "○", tone: "neutral" },
  warning: { word: "Warning", shape: "◐", tone: "review" },
  critical: { word: "Critical", shape: "●", tone: "decline" },
};

export const stateWords: Record<AlertState, string> = {
  open: "Open",
  acknowledged: "Looked after",
  resolved: "Resolved",
};

/** When a rule fires, in a sentence. */
export function ruleWords(rule: AlertRuleBody): string {
  const { label, every } = seriesInfo[rule.series];
  const row = rule.windows === 1 ? "" : `, ${rule.windows} ${every}s in a row`;
  if (rule.kind === "absence") return `Nothing in ${label.toLowerCase()} for a ${every}${row}`;
  if (rule.kind === "threshold") {
    return `${label} ${rule.direction} ${seriesValue(rule.series, rule.limit)}${row}`;
  }
  const way = rule.direction === "above" ? "up" : "down";
  return `${label} ${way} by more than ${(rule.limit * 100).toFixed(0)} % on a week before${row}`;
}

/** What the page shows now, in a line. */
export function alertsReading(rows: readonly Alert[], isMore: boolean): string {
  if (rows.length === 0) return "Nothing is wrong that a rule knows of";
  const open = rows.filter(({ state }) => state === "open");
  const critical = open.filter(({ severity }) => severity === "critical").length;
  const looked = rows.length - open.length;
  const some = [
    `${open.length}${isMore ? "+" : ""} ${open.length === 1 ? "alert waits" : "alerts wait"} for somebody`,
    ...(critical > 0 ? [`${critical} critical`] : []),
    ...(looked > 0 ? [`${looked} looked after`] : []),
  ];
  return some.join(", ");
}
