import { money } from "#app/format/money.ts";
import { count } from "#app/format/number.ts";
import type { Tone } from "#app/ui/badge.tsx";
import type { Report } from "./types.ts";

export type Verdict = NonNullable<Report["gate"]>;
export type GateCheck = Verdict["checks"][number];

const names: Readonly<Record<string, string>> = {
  enough: "Enough to judge by",
  cost: "Cost",
  recall: "Recall",
  calibration: "Calibration",
  segments: "Groups of payments",
  scored: "Payments scored",
  latency: "Time to score",
  features: "Features there",
};

/** What a check of the gate looks at. */
export function checkName({ name }: GateCheck): string {
  return names[name] ?? name;
}

/** How a check ended: what could not be told is no obstacle. */
export function checkState({ passed }: GateCheck): { label: string; tone: Tone; shape: string } {
  if (passed === null) return { label: "not told", tone: "neutral", shape: "○" };
  return passed
    ? { label: "passed", tone: "approve", shape: "●" }
    : { label: "held back", tone: "decline", shape: "✕" };
}

/** The verdict in one sentence, with the money for a thousand payments. */
export function gateReading(number: number, verdict: Verdict): string {
  const advice = verdict.promote
    ? `The gate would promote version ${number}`
    : `The gate holds version ${number} back`;
  const { costDifference } = verdict;
  if (costDifference === null) return `${advice}: its cost could not be compared.`;
  const thousand = (minor: number): string => money(Math.round(1_000 * Math.abs(minor)), verdict.currency);
  const { mean, lower, upper } = costDifference;
  const change =
    mean === 0
      ? "costs the same"
      : `costs ${thousand(mean)} ${mean < 0 ? "less" : "more"} per 1,000 payments`;
  const bound = (minor: number): string => `${minor < 0 ? "−" : "+"}${thousand(minor)}`;
  return `${advice}: it ${change} than version ${verdict.championNumber} (${(100 * verdict.confidence).toFixed(0)} % interval ${bound(lower)} to ${bound(upper)}).`;
}

/** Which payments were judged, and which were not. */
export function judgedWords(verdict: Verdict): string {
  const { leftOut } = verdict;
  const parts = [
    `Judged on ${count(verdict.payments)} payments with ${count(verdict.frauds)} frauds`,
    ...(verdict.weighted > 0
      ? [`${count(verdict.weighted)} explored declines count for those they stand for`]
      : []),
    ...(leftOut.declined > 0
      ? [`${count(leftOut.declined)} declined ones left out, since nobody knows`]
      : []),
    ...(leftOut.otherCurrency > 0
      ? [`${count(leftOut.otherCurrency)} in other currencies than ${verdict.currency} left out`]
      : []),
  ];
  return `${parts.join("; ")}. The measure, named before the run: ${verdict.metric}.`;
}
