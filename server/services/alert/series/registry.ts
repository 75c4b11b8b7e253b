import type { Database } from "#server/db/client.ts";
import type { SeriesName, SeriesPoint } from "#server/domain/alert.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { idleMinutes, openCases, overdueCases, webhookFailures } from "./at-once.ts";
import { declineShare, failedShare, guardrailBreaches, reviewShare, scoredPayments } from "./by-day.ts";
import { driftOutside, estimatedCost, estimatedRecall, featuresMoved } from "./by-week.ts";
import { brokenFeatures, driftFeatures, driftImpact, driftLabels, driftQuality } from "./drift-weeks.ts";
import type { Asked, SeriesReader } from "./reader.ts";
import { realisedPrecision, realisedRecall } from "./realised-weeks.ts";

type Entry = {
  readonly read: SeriesReader;
  /** the page that shows the window from `from` to the last day `to`, ISO dates */
  readonly link: (from: string, to: string) => string;
};

const overview = (): string => "/";
/** The part of the page that shows it, in the week that fired last. */
const drift = (tab: "features" | "figures" | "data") => (_from: string, week: string) =>
  `/drift?tab=${tab}&week=${week}`;
const performance = (from: string, to: string): string => `/performance?preset=custom&from=${from}&to=${to}`;
const decided = (outcome: string) => (from: string, to: string) =>
  `/transactions?outcome=${outcome}&from=${from}&to=${to}`;

const registry: Readonly<Record<SeriesName, Entry>> = {
  review_share: { read: reviewShare, link: decided("review") },
  decline_share: { read: declineShare, link: decided("decline") },
  failed_share: { read: failedShare, link: decided("review") },
  scored_payments: { read: scoredPayments, link: (from, to) => `/transactions?from=${from}&to=${to}` },
  idle_minutes: { read: idleMinutes, link: overview },
  open_cases: { read: openCases, link: () => "/queue" },
  overdue_cases: { read: overdueCases, link: () => "/queue" },
  broken_features: { read: brokenFeatures, link: () => "/drift?tab=data" },
  drift_impact: { read: driftImpact, link: drift("figures") },
  drift_labels: { read: driftLabels, link: drift("figures") },
  drift_features: { read: driftFeatures, link: drift("features") },
  drift_quality: { read: driftQuality, link: drift("data") },
  drift_outside: { read: driftOutside, link: drift("figures") },
  features_moved: { read: featuresMoved, link: drift("features") },
  estimated_recall: { read: estimatedRecall, link: drift("figures") },
  estimated_cost: { read: estimatedCost, link: drift("figures") },
  realised_recall: { read: realisedRecall, link: performance },
  realised_precision: { read: realisedPrecision, link: performance },
  guardrail_breaches: { read: guardrailBreaches, link: () => "/models" },
  webhook_failures: { read: webhookFailures, link: () => "/settings?tab=webhooks" },
};

/** Windows of a series, oldest first; empty where there is nothing yet. */
export function readSeries(db: Database, name: SeriesName, asked: Asked): Promise<SeriesPoint[]> {
  return registry[name].read(db, asked);
}

/** Where the window is shown that began at `from` and lasted to the end of the window of `last`, ISO 8601. */
export function linkOf(name: SeriesName, from: string, last: string): string {
  const { link } = registry[name];
  const days = name.startsWith("realised") ? 6 : 0;
  const to = new Date(Date.parse(last) + days * DAY_MS).toISOString();
  return link(from.slice(0, 10), to.slice(0, 10));
}
