import type { DriftAlertKind } from "#ml/monitoring/drift-alerts.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { readBrokenFeatures, readStandingAlerts } from "#server/services/drift/index.ts";
import { exactPoint, type SeriesReader } from "./reader.ts";

const MOST_TOLD = 4;

/** Alerts of drift of some kinds that stood at the end of each closed week, told in words. */
function standing(...kinds: readonly DriftAlertKind[]): SeriesReader {
  return async (db, { now, points }) => {
    const weeks = await readStandingAlerts(db, points);
    return weeks
      .filter(({ week }) => Date.parse(week) < now.getTime())
      .map(({ week, rows, enough, alerts }) => {
        const own = alerts.filter(({ kind }) => kinds.includes(kind)).map(({ says }) => says);
        return { ...exactPoint(new Date(week), enough ? own.length : null, rows), ...told(own) };
      });
  };
}

export const driftImpact = standing("impact");
export const driftLabels = standing("labels");
export const driftFeatures = standing("feature", "multivariate");
export const driftQuality = standing("quality");

/** Features whose values are missing, unseen or out of range unlike in any usual week, by closed day. */
export const brokenFeatures: SeriesReader = async (db, { now, points }) => {
  const to = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const days = await readBrokenFeatures(db, { from: new Date(to.getTime() - points * DAY_MS), to });
  return days.map(({ day, rows, enough, features }) => ({
    ...exactPoint(new Date(day), enough ? features.length : null, rows),
    ...told(features),
  }));
};

function told(all: readonly string[]): { note?: string } {
  if (all.length === 0) return {};
  const more = all.length > MOST_TOLD ? ` and ${all.length - MOST_TOLD} more` : "";
  return { note: `${all.slice(0, MOST_TOLD).join("; ")}${more}` };
}
