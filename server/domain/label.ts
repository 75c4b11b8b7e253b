import { z } from "zod";
import { DAY_MS } from "./day.ts";

export const labels = ["fraud", "legitimate"] as const;
export const Label = z.enum(labels);
export type Label = z.infer<typeof Label>;

/** What a list of payments can be narrowed to: one of the labels, or none yet. */
export const labelFilters = [...labels, "none"] as const;

/** Weakest to strongest: a later source in this list overrules an earlier one. */
export const labelSources = [
  "import",
  "customer_report",
  "issuer_alert",
  "manual",
  "analyst",
  "chargeback",
] as const;
export const LabelSource = z.enum(labelSources);
export type LabelSource = z.infer<typeof LabelSource>;

/** Sources that a caller of the HTTP API may claim. */
export const ExternalLabelSource = z.enum(["chargeback", "customer_report", "manual", "issuer_alert"]);

export type RecordedLabel = {
  readonly seq: bigint;
  readonly label: Label;
  readonly source: LabelSource;
  readonly recordedAt: Date;
};

/**
 * The label that counts: the strongest source; within a source the one recorded last (by sequence).
 * Null when there is none.
 */
export function effectiveLabel<L extends RecordedLabel>(recorded: readonly L[]): L | null {
  let best: L | null = null;
  for (const candidate of recorded) {
    if (best === null || outranks(candidate, best)) best = candidate;
  }
  return best;
}

/**
 * The labels that say otherwise than the one that counts, one per source: within a source a later label corrects the
 * earlier ones. Strongest source first; empty where all agree.
 */
export function conflictingLabels<L extends RecordedLabel>(recorded: readonly L[]): L[] {
  const counting = effectiveLabel(recorded);
  return [...labelSources].reverse().flatMap((source) => {
    const last = effectiveLabel(recorded.filter((label) => label.source === source));
    return last !== null && last.label !== counting?.label ? [last] : [];
  });
}

function outranks(a: RecordedLabel, b: RecordedLabel): boolean {
  const byStrength = labelSources.indexOf(a.source) - labelSources.indexOf(b.source);
  return byStrength !== 0 ? byStrength > 0 : a.seq > b.seq;
}

/** Days after which no dispute is still to be expected, unless a policy says otherwise. */
export const DEFAULT_MATURITY_DAYS = 30;

/** True when so much time has passed since authorisation that no dispute is still to be expected. */
export function isLabelMature(occurredAt: Date, now: Date, maturityDays: number): boolean {
  return now.getTime() - occurredAt.getTime() >= maturityDays * DAY_MS;
}
