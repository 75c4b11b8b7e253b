import { DAY_MS } from "#server/domain/day.ts";
import type { Story } from "./story-told.ts";

const WEEK_MS = 7 * DAY_MS;

export type MarkKind = "change" | "alert" | "reports" | "labels" | "held" | "promoted" | "guardrail";

/** A moment of a story that its charts show. */
export type Mark = { readonly kind: MarkKind; readonly atMs: number; readonly text: string };

/** Every moment that matters, in order of time. */
export function marksOf({ changeMs, warnings, labelsMs, retrainings, breaches }: Story): Mark[] {
  const marks: Mark[] = [
    { kind: "change", atMs: changeMs, text: "the fraud changes" },
    ...at("reports", warnings.earlyReports?.atMs ?? null, "alert on early reports"),
    ...at("alert", warnings.withoutLabels?.atMs ?? null, "alert without labels"),
    ...at("labels", labelsMs, "mature labels show it"),
    ...retrainings.map(({ atMs, promoted, version }) => ({
      kind: promoted ? ("promoted" as const) : ("held" as const),
      atMs,
      text: promoted ? `version ${version} promoted` : "trained, held back by the gate",
    })),
    ...breaches.map(({ atMs }) => ({ kind: "guardrail" as const, atMs, text: "a live guardrail broke" })),
  ];
  return marks.sort((a, b) => a.atMs - b.atMs);
}

function at(kind: MarkKind, atMs: number | null, text: string): Mark[] {
  return atMs === null ? [] : [{ kind, atMs, text }];
}

/** A week counted from the change: 1 is the first after it, −1 the last before. */
export function weekAfterChange({ changeMs }: Pick<Story, "changeMs">, fromMs: number): number {
  const week = Math.round((fromMs - changeMs) / WEEK_MS);
  return week < 0 ? week : week + 1;
}

/** A share in percent, "–" for undefined. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}
