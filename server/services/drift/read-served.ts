import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { NO_MODEL } from "#server/services/monitoring/index.ts";
import { wordsOf } from "./feature-view.ts";
import { LEAST_DAY_ROWS, readServedDays, type ServedFeature } from "./served-days.ts";
import { watchedModel } from "./watched-model.ts";

const SERVED_DAYS = 28;
const MOST_FEATURES = 40;
const qualityKinds = ["missing", "unseen", "outside"] as const;

export const ReadServedInput = z.strictObject({ days: z.int().min(1).max(92).default(SERVED_DAYS) });
export type ReadServedInput = z.infer<typeof ReadServedInput>;

export type VolumeDay = {
  /** ISO date, UTC */
  readonly day: string;
  readonly decisions: number;
  /** decisions that no model could score */
  readonly unscored: number;
  /** features whose values are unlike before; null for a day of too few payments, or not over */
  readonly changed: number | null;
};

export type ServedView = {
  /** payments under which a day is not judged */
  readonly needed: number;
  /** oldest first, today included; a day without payments is there with none */
  readonly days: readonly VolumeDay[];
  /** those with a change first, then those furthest beyond the usual; the rest is left out */
  readonly features: readonly (ServedFeature & { readonly text: string })[];
};

/**
 * What was served by day: how much, and how whole the champion's features were beside its usual weeks. Counts by day
 * alone are read. Null before there is a champion.
 * @throws ServiceError "forbidden"
 */
export async function readServed(ctx: ServiceContext, { days }: ReadServedInput): Promise<ServedView | null> {
  requirePermission(ctx.actor, "analytics:read");
  const { db } = ctx;
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return null;
  const todayMs = Math.floor(ctx.now().getTime() / DAY_MS) * DAY_MS;
  const today = new Date(todayMs);
  const span = { from: new Date(todayMs - (days - 1) * DAY_MS), to: new Date(todayMs + DAY_MS) };
  const model = await watchedModel(db, version.artifactHash);
  const [features, volume] = await Promise.all([
    readServedDays(db, model, { versionId: version.id, ...span, openFrom: today }),
    readVolume(db, span),
  ]);
  const changed = changesByDay(features, today.toISOString().slice(0, 10));
  return {
    needed: LEAST_DAY_ROWS,
    days: volume.map((day) => ({ ...day, changed: changed.get(day.day) ?? null })),
    features: features
      .map((feature) => ({ ...feature, text: wordsOf(model, feature.name).text }))
      .sort((a, b) => gapsOf(b) - gapsOf(a))
      .slice(0, MOST_FEATURES),
  };
}

/** How many features changed on each day that was judged: none is from `openFrom` on. */
function changesByDay(features: readonly ServedFeature[], openFrom: string): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  for (const { usual, days } of features) {
    for (const { day, rows, change } of days) {
      if (usual === null || rows < LEAST_DAY_ROWS || day >= openFrom) continue;
      changes.set(day, (changes.get(day) ?? 0) + Number(change !== null));
    }
  }
  return changes;
}

/** Days with a change count most; then how far a share ever lay beyond the usual ones. */
function gapsOf({ usual, days }: ServedFeature): number {
  const changes = days.filter(({ change }) => change !== null).length;
  const beyond = days.flatMap((day) =>
    qualityKinds.map((kind) => (day.rows === 0 ? 0 : day[kind] / day.rows - (usual?.[kind][1] ?? 0))),
  );
  return changes * 10 + Math.max(0, ...beyond);
}

type Span = { readonly from: Date; readonly to: Date };

async function readVolume(db: Database, { from, to }: Span): Promise<Omit<VolumeDay, "changed">[]> {
  const rows = await db.decisionDay.groupBy({
    by: ["day", "modelVersionId"],
    where: { day: { gte: from, lt: to } },
    _sum: { decisions: true },
  });
  const byDay = Map.groupBy(rows, ({ day }) => day.getTime());
  return Array.from({ length: Math.round((to.getTime() - from.getTime()) / DAY_MS) }, (_, at) => {
    const dayMs = from.getTime() + at * DAY_MS;
    const own = byDay.get(dayMs) ?? [];
    const sum = (of: typeof own): number => of.reduce((total, { _sum }) => total + (_sum.decisions ?? 0), 0);
    return {
      day: new Date(dayMs).toISOString().slice(0, 10),
      decisions: sum(own),
      unscored: sum(own.filter(({ modelVersionId }) => modelVersionId === NO_MODEL)),
    };
  });
}
