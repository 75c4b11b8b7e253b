import type { LeakFinding } from "#ml/evaluation/leak-finding.ts";
import type { SliceReport } from "#ml/evaluation/slice-report.ts";
import type { AvailableFamily } from "#ml/models/families.ts";
import type { Comparison } from "#ml/training/compare.ts";
import type { LearningCurve } from "#ml/training/learning-curve.ts";
import type { RecalibrationFindings } from "#ml/training/recalibrate.ts";
import type { FamilyReport, TrainingResult } from "#ml/training/train.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { StoredVerdict } from "#server/domain/gate-verdict.ts";
import type { FamilyComparison } from "./compare-families.ts";
import type { SkewReport } from "./skew.ts";

/** What a training run found; stored with the run and, as its metrics, with the model version it made. */
export type TrainingReport = {
  readonly selected: AvailableFamily;
  /** every family of the run, evaluated on the test slice once the choice was made */
  readonly families: Readonly<Partial<Record<AvailableFamily, FamilyReport>>>;
  readonly split: TrainingResult["split"];
  readonly seed: number;
  readonly rows: number;
  readonly labelledFrauds: number;
  readonly labelledLegitimate: number;
  readonly skew: SkewReport;
  /** the champion of that time on the same test rows; null with the reason in `championNote` */
  readonly champion: ChampionComparison | null;
  readonly championNote: string | null;
  readonly seconds: number;
  /** What looks like a leak in the rows of the run; reports of earlier builds lack it, and `slices`. */
  readonly leaks?: readonly LeakFinding[];
  /** The selected family on the test slice, group by group. */
  readonly slices?: SliceReport;
  /** What more labels would buy; null when the run had no time or nothing to tell it from. */
  readonly learningCurve?: LearningCurve | null;
  /** What the gate says of it against the champion; null where there was nothing to judge against. */
  readonly gate?: StoredVerdict | null;
  /** Every family on the same test rows; reports of earlier builds lack it. */
  readonly compared?: FamilyComparison | null;
  /** How another calibration was chosen; of runs that made nothing else. */
  readonly recalibration?: RecalibrationReport;
};

export type RecalibrationReport = RecalibrationFindings & {
  readonly parent: { readonly versionId: string; readonly number: number };
};

export type ChampionComparison = {
  readonly versionId: string;
  readonly number: number;
  readonly comparison: Comparison;
};

/** A report as a JSON column takes it. */
export function reportToJson(report: TrainingReport): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(report)) as Prisma.InputJsonValue;
}

/** A report as it was stored by `reportToJson`, the only writer of these columns. */
export function reportFromJson(json: Prisma.JsonValue): TrainingReport {
  return json as unknown as TrainingReport;
}
