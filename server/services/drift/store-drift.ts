import type { WindowAssessment } from "#ml/monitoring/assess-window.ts";
import type { SampledWindow } from "#ml/monitoring/domain-classifier.ts";
import type { DriftBaseline } from "#ml/monitoring/drift-baseline.ts";
import type { Database } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { ServedWeek } from "./read-week.ts";
import { shortFeature, type WeekBody } from "./week-body.ts";

type BaselineBody = {
  readonly baseline: DriftBaseline;
  readonly groups: readonly string[];
  readonly watchFromMs: number;
};

/** What was usual, and the Monday from which weeks are compared with it. */
export type StoredUsual = {
  readonly baseline: DriftBaseline;
  readonly usual: SampledWindow;
  readonly watchFromMs: number;
};

/** What was usual for a version; null when it was never learned, or with another artefact or policy. */
export async function readBaseline(
  db: Database,
  { id, basis }: { readonly id: string; readonly basis: string },
): Promise<(StoredUsual & { readonly computedAt: Date }) | null> {
  const row = await db.driftBaseline.findUnique({ where: { modelVersionId: id } });
  if (row === null || row.basis !== basis) return null;
  const { baseline, groups, watchFromMs } = row.body as unknown as BaselineBody;
  const bytes = Uint8Array.from(row.sample); // a copy starts at a multiple of eight bytes
  const usual = { rows: groups.length, features: new Float64Array(bytes.buffer), groups };
  return { baseline, usual, watchFromMs, computedAt: row.computedAt };
}

/** Begins the watch of a version anew: what was compared with another usual goes. */
export async function storeBaseline(
  db: Database,
  { id, basis }: { readonly id: string; readonly basis: string },
  { baseline, usual, watchFromMs, at }: StoredUsual & { readonly at: Date },
): Promise<void> {
  const body: BaselineBody = { baseline, groups: usual.groups, watchFromMs };
  const sample = Uint8Array.from(
    new Uint8Array(usual.features.buffer, usual.features.byteOffset, usual.features.byteLength),
  );
  const data = { basis, computedAt: at, body: json(body), sample };
  await db.$transaction([
    db.driftWindow.deleteMany({ where: { modelVersionId: id } }),
    db.driftFeatureWindow.deleteMany({ where: { modelVersionId: id } }),
    db.driftBaseline.upsert({
      where: { modelVersionId: id },
      create: { modelVersionId: id, ...data },
      update: data,
    }),
  ]);
}

type Place = { readonly id: string; readonly weekMs: number; readonly phase: string; readonly at: Date };
type Week = {
  readonly assessment: WindowAssessment;
  readonly reported: number;
  readonly caught: number;
  readonly served: ServedWeek;
};

/** Writes a week, all of it or nothing; one written before is replaced. */
export async function storeWeek(db: Database, { id, weekMs, phase, at }: Place, week: Week): Promise<void> {
  const { assessment, reported, caught, served } = week;
  const { rows, enough, figures, series, givenAwayBy, features, score } = assessment;
  const body: WeekBody = {
    ...{ rows, enough, figures, series, givenAwayBy, reported, caught, served },
    features: features.map(shortFeature),
    score: shortFeature(score),
  };
  const where = { modelVersionId: id, week: new Date(weekMs) };
  const data = { phase, rows, decisions: served.decisions, computedAt: at, body: json(body) };
  await db.$transaction([
    db.driftWindow.upsert({
      where: { modelVersionId_week: where },
      create: { ...where, ...data },
      update: data,
    }),
    db.driftFeatureWindow.deleteMany({ where }),
    db.driftFeatureWindow.createMany({
      data: [...features, score].map((feature) => ({ ...where, feature: feature.name, body: json(feature) })),
    }),
  ]);
}

/** What the column takes: our bodies hold numbers, texts, lists and null alone. */
function json(body: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(body)) as Prisma.InputJsonValue;
}
