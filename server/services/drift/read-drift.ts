import { z } from "zod";
import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { assessDefaults, type SeriesName } from "#ml/monitoring/assess-window.ts";
import type { DriftAlert } from "#ml/monitoring/drift-alerts.ts";
import type { WindowFigures } from "#ml/monitoring/window-facts.ts";
import type { Database } from "#server/db/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ChampionOfDrift, championOf } from "./champion-view.ts";
import { byDrift, type FeatureDriftView, featureView, SCORE, wordsOf } from "./feature-view.ts";
import type { ServedWeek } from "./read-week.ts";
import { alertsByWeek, withText } from "./standing-alerts.ts";
import { type StoredWeek, storedWeeks } from "./stored-weeks.ts";
import { type WatchedModel, watchedModel } from "./watched-model.ts";
import type { WeekBody } from "./week-body.ts";

export const ReadDriftInput = z.strictObject({
  weeks: z.int().min(4).max(52).default(26),
  /** Monday of the week to look at; null: the newest that is over */
  week: z.iso.date().nullable().default(null),
});
export type ReadDriftInput = z.infer<typeof ReadDriftInput>;

export type WeekView = {
  /** its Monday */
  readonly week: string;
  readonly phase: StoredWeek["phase"];
  readonly rows: number;
  readonly enough: boolean;
  readonly figures: WindowFigures;
  readonly reported: number;
  readonly reportedInterval: { readonly lower: number; readonly upper: number } | null;
  readonly caughtInterval: { readonly lower: number; readonly upper: number } | null;
  readonly served: ServedWeek;
};

export type SeriesView = {
  readonly name: SeriesName;
  readonly weeks: readonly {
    readonly value: number | null;
    readonly outside: "above" | "below" | null;
  }[];
  readonly centre: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
};

export type AlertView = DriftAlert & { readonly text: string; readonly since: string };

export type DriftView =
  | { readonly status: "no_champion" }
  | { readonly status: "not_watched"; readonly champion: ChampionOfDrift }
  | {
      readonly status: "read";
      readonly champion: ChampionOfDrift;
      readonly needed: number;
      readonly computedAt: string;
      /** oldest first */
      readonly weeks: readonly WeekView[];
      /** place of the week looked at */
      readonly at: number;
      readonly score: FeatureDriftView;
      /** worst first */
      readonly features: readonly FeatureDriftView[];
      readonly series: readonly SeriesView[];
      readonly givenAwayBy: readonly {
        readonly name: string;
        readonly text: string;
        readonly share: number;
      }[];
      /** alerts that stand at the end of the week looked at */
      readonly alerts: readonly AlertView[];
      readonly freshness: Freshness;
    };

export type Freshness = {
  readonly newestPayment: string | null;
  readonly newestLabel: string | null;
  readonly featureSetVersion: string;
};

/**
 * How far the champion's features, scores, labels and figures of a week lie from what was usual before it was watched,
 * and the weeks beside it. Reads what the worker has computed: no payments.
 * @throws ServiceError "forbidden"
 */
export async function readDrift(ctx: ServiceContext, input: ReadDriftInput): Promise<DriftView> {
  requirePermission(ctx.actor, "analytics:read");
  const { db } = ctx;
  const version = await db.modelVersion.findFirst({ where: { status: "champion" } });
  if (version === null) return { status: "no_champion" };
  const [model, stored, freshness] = await Promise.all([
    watchedModel(db, version.artifactHash),
    storedWeeks(db, version.id, input.weeks),
    readFreshness(db),
  ]);
  const champion = championOf(version, model);
  const newest = stored.at(-1);
  if (newest === undefined) return { status: "not_watched", champion };
  const at = placeOfWeek(stored, input.week);
  const bodies = stored.map(({ body }) => body);
  const names = model.featureSet.definitions.map(({ name }) => name);
  return {
    status: "read",
    champion,
    needed: assessDefaults.leastRows,
    computedAt: newest.computedAt,
    weeks: stored.map(weekView),
    at,
    score: featureView(model, SCORE, { weeks: bodies.map(({ score }) => score), at }),
    features: names
      .map((name, f) => featureView(model, name, { weeks: bodies.map(({ features }) => features[f]), at }))
      .sort(byDrift),
    series: seriesViews(bodies),
    givenAwayBy: (bodies[at]?.givenAwayBy ?? []).map(({ name, share }) => ({
      name,
      text: wordsOf(model, name).text,
      share,
    })),
    alerts: alertsAt(model, stored, at),
    freshness: { ...freshness, featureSetVersion: model.featureSet.version },
  };
}

/** The week asked for; else the newest that is over, else the newest. */
function placeOfWeek(stored: readonly StoredWeek[], wanted: string | null): number {
  const asked = stored.findIndex(({ week }) => week === wanted);
  if (asked >= 0) return asked;
  const over = stored.findLastIndex(({ phase }) => phase !== "running");
  return over >= 0 ? over : stored.length - 1;
}

function weekView({ week, phase, body }: StoredWeek): WeekView {
  const { rows, enough, figures, reported, caught, served } = body;
  return {
    ...{ week, phase, rows, enough, figures, reported, served },
    reportedInterval: wilsonInterval(reported, rows),
    caughtInterval: figures.caughtShare === null ? null : wilsonInterval(caught, reported),
  };
}

function seriesViews(bodies: readonly WeekBody[]): SeriesView[] {
  return (bodies.at(-1)?.series ?? []).map(({ name, limits }) => ({
    name,
    centre: limits?.centre ?? null,
    lower: limits?.lower ?? null,
    upper: limits?.upper ?? null,
    weeks: bodies.map(({ series }) => {
      const own = series.find((each) => each.name === name);
      return { value: own?.value ?? null, outside: own?.outside ?? null };
    }),
  }));
}

/** Alerts that stand at the week looked at, each with the week since which it has. */
function alertsAt(model: WatchedModel, stored: readonly StoredWeek[], at: number): AlertView[] {
  const standing = alertsByWeek(model, stored);
  const watched = stored.flatMap(({ phase }, place) => (phase === "watched" && place <= at ? [place] : []));
  return (standing[at] ?? []).map((alert) => {
    const isSame = (other: DriftAlert): boolean =>
      other.kind === alert.kind && other.subject === alert.subject;
    const gap = watched.findLastIndex((place) => !(standing[place] ?? []).some(isSame));
    return { ...withText(model, alert), since: stored[watched[gap + 1] ?? at]?.week ?? "" };
  });
}

async function readFreshness(db: Database): Promise<Omit<Freshness, "featureSetVersion">> {
  const [payment, label] = await Promise.all([
    db.decision.findFirst({ orderBy: { occurredAt: "desc" }, select: { occurredAt: true } }),
    db.label.findFirst({ orderBy: { recordedAt: "desc" }, select: { recordedAt: true } }),
  ]);
  return {
    newestPayment: payment?.occurredAt.toISOString() ?? null,
    newestLabel: label?.recordedAt.toISOString() ?? null,
  };
}
