import {
  type AlertableWindow,
  alertDefaults,
  type DriftAlert,
  type DriftAlertKind,
  standingAlerts,
} from "#ml/monitoring/drift-alerts.ts";
import type { Database } from "#server/db/client.ts";
import { driftAlertSentence } from "#server/domain/drift-alert.ts";
import { wordsOf } from "./feature-view.ts";
import { type StoredWeek, storedWeeks } from "./stored-weeks.ts";
import { type WatchedModel, watchedModel } from "./watched-model.ts";

type Model = Pick<WatchedModel, "featureSet" | "definitions" | "importance" | "skip">;

/** Alerts that stand at the end of each of these weeks, oldest first: weeks under way and usual ones raise none. */
export function alertsByWeek(
  model: Model,
  weeks: readonly Pick<StoredWeek, "phase" | "body">[],
): readonly (readonly DriftAlert[])[] {
  const names = model.featureSet.definitions.map(({ name }) => name);
  const options = { ...alertDefaults, importance: model.importance };
  const watched: AlertableWindow[] = [];
  return weeks.map(({ phase, body }) => {
    if (phase !== "watched") return [];
    watched.push({
      series: body.series,
      features: body.features.map(([, , moved, quality], f) => ({ name: names[f] ?? "", moved, quality })),
    });
    return standingAlerts(watched.slice(-LOOKED_BACK), options);
  });
}

/** Weeks that an alert can rest on. */
const LOOKED_BACK = Math.max(alertDefaults.consecutive, alertDefaults.trendWindows);

/** An alert with what it is about in words. */
export function withText(model: Model, alert: DriftAlert): DriftAlert & { readonly text: string } {
  const name = alert.subject.split(":")[0] ?? alert.subject;
  const isFeature = alert.kind === "quality" || alert.kind === "feature";
  return { ...alert, text: isFeature ? wordsOf(model, name).text : name };
}

export type StandingWeek = {
  /** its Monday, ISO date */
  readonly week: string;
  readonly rows: number;
  /** false under the floor of payments: nothing is judged */
  readonly enough: boolean;
  readonly alerts: readonly { readonly kind: DriftAlertKind; readonly says: string }[];
};

/** The newest watched weeks of the champion with the alerts that stood at their end, oldest first. */
export async function readStandingAlerts(db: Database, weeks: number): Promise<StandingWeek[]> {
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return [];
  const stored = (await storedWeeks(db, version.id, weeks + LOOKED_BACK)).filter(
    ({ phase }) => phase === "watched",
  );
  if (stored.length === 0) return [];
  const model = await watchedModel(db, version.artifactHash);
  const standing = alertsByWeek(model, stored);
  return stored
    .map(({ week, body }, at) => ({
      week,
      rows: body.rows,
      enough: body.enough,
      alerts: (standing[at] ?? []).map((alert) => ({
        kind: alert.kind,
        says: driftAlertSentence(withText(model, alert)),
      })),
    }))
    .slice(-weeks);
}
