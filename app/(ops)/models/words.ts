import type { Tone } from "#app/ui/badge.tsx";
import type { ModelStatus, TrainingStatus } from "#server/domain/model-version.ts";

const families: Readonly<Record<string, string>> = {
  rules: "rules baseline",
  logistic_regression: "logistic regression",
  isolation_forest: "isolation forest",
  neural_network: "neural network",
  gradient_boosting: "boosted trees",
  ensemble: "ensemble",
};

/** A model family as a person says it. */
export function familyWords(family: string): string {
  return families[family] ?? family.replaceAll("_", " ");
}

const imbalance: Readonly<Record<string, string>> = {
  none: "left as they are",
  class_weight: "class weights",
  focal: "focal loss",
  under_sampling: "under-sampling",
  balanced_bagging: "balanced bagging",
};

/** What was done about frauds being rare, as a person says it. */
export function imbalanceWords(method: string): string {
  return imbalance[method] ?? method.replaceAll("_", " ");
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Look = { readonly label: string; readonly tone: Tone; readonly shape: string };

export const statusWords: Readonly<Record<ModelStatus, Look>> = {
  champion: { label: "champion", tone: "accent", shape: "●" },
  challenger: { label: "challenger", tone: "review", shape: "◐" },
  candidate: { label: "candidate", tone: "neutral", shape: "○" },
  retired: { label: "retired", tone: "neutral", shape: "–" },
};

export const runWords: Readonly<Record<TrainingStatus, Look>> = {
  queued: { label: "waiting", tone: "neutral", shape: "○" },
  running: { label: "running", tone: "accent", shape: "◐" },
  succeeded: { label: "succeeded", tone: "approve", shape: "●" },
  failed: { label: "failed", tone: "decline", shape: "✕" },
  cancelled: { label: "cancelled", tone: "neutral", shape: "–" },
};

/** "0.602 (0.571 to 0.631)"; "–" when undefined. */
export function withInterval(
  value: number | null,
  interval: { readonly lower: number; readonly upper: number } | null,
): string {
  if (value === null) return "–";
  if (interval === null) return value.toFixed(3);
  return `${value.toFixed(3)} (${interval.lower.toFixed(3)} to ${interval.upper.toFixed(3)})`;
}
