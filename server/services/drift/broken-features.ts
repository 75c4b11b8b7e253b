import type { Database } from "#server/db/client.ts";
import { qualityWord } from "#server/domain/drift-alert.ts";
import { wordsOf } from "./feature-view.ts";
import { LEAST_DAY_ROWS, readServedDays } from "./served-days.ts";
import { watchedModel } from "./watched-model.ts";

export type BrokenDay = {
  /** ISO date, UTC */
  readonly day: string;
  readonly rows: number;
  /** false under the floor of payments, or while the usual is not known */
  readonly enough: boolean;
  /** features whose values are unlike before, in words */
  readonly features: readonly string[];
};

/** The champion's features that were missing, unseen or out of range unlike in any usual week, by day of the span, all of whose days are over. */
export async function readBrokenFeatures(
  db: Database,
  span: { readonly from: Date; readonly to: Date },
): Promise<BrokenDay[]> {
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return [];
  const model = await watchedModel(db, version.artifactHash);
  const features = await readServedDays(db, model, { versionId: version.id, ...span, openFrom: span.to });
  const days = new Map<string, { rows: number; enough: boolean; features: string[] }>();
  for (const { name, usual, days: own } of features) {
    for (const { day, rows, change } of own) {
      const known = days.get(day) ?? { rows, enough: rows >= LEAST_DAY_ROWS, features: [] };
      if (change !== null) known.features.push(`${wordsOf(model, name).text} (${qualityWord(change)})`);
      days.set(day, { ...known, enough: known.enough && usual !== null });
    }
  }
  return [...days].map(([day, found]) => ({ day, ...found })).sort((a, b) => (a.day < b.day ? -1 : 1));
}
