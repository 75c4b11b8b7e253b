import type { EvaluationReport } from "#ml/evaluation/evaluation-report.ts";
import type { Database } from "#server/db/client.ts";
import { ModelStatus } from "#server/domain/model-version.ts";
import type { FamilyComparison } from "#server/services/training/compare-families.ts";
import {
  type ChampionComparison,
  reportFromJson,
  type TrainingReport,
} from "#server/services/training/report.ts";

/** The families of a training on its test rows: the scores of models that never scored a live payment. */
export type TestedModels = {
  readonly version: { readonly id: string; readonly number: number; readonly status: ModelStatus };
  /** of the test rows, ISO 8601 UTC, `to` exclusive */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly frauds: number;
  /** with paired differences; null in reports of earlier builds, which have `families` alone */
  readonly compared: FamilyComparison | null;
  /** made by a new calibration alone */
  readonly isRecalibration: boolean;
  /** the champion of that time on the same rows; null where there was none that could score them */
  readonly champion: ChampionComparison | null;
  readonly families: readonly {
    readonly family: string;
    readonly isSelected: boolean;
    readonly test: Omit<EvaluationReport, "rows" | "frauds">;
  }[];
};

/** Beside champion and challenger, so many of the newest candidates. */
const CANDIDATES = 3;

/** Reports of the champion's training, the challenger's and the newest candidates', in this order. */
export async function testedModels(db: Database): Promise<TestedModels[]> {
  const select = { id: true, number: true, status: true, metrics: true } as const;
  const serving = await db.modelVersion.findMany({
    where: { status: { in: ["champion", "challenger"] } },
    orderBy: { status: "desc" },
    select,
  });
  const candidates = await db.modelVersion.findMany({
    where: { status: "candidate" },
    orderBy: { number: "desc" },
    take: CANDIDATES,
    select,
  });
  return [...serving, ...candidates].flatMap(({ metrics, status, ...version }) => {
    const report = reportFromJson(metrics) as Partial<TrainingReport>;
    const { split, selected } = report;
    if (split === undefined || report.families === undefined) return [];
    return {
      version: { ...version, status: ModelStatus.parse(status) },
      from: new Date(split.test.fromMs).toISOString(),
      to: new Date(split.test.toMs).toISOString(),
      rows: split.test.rows,
      frauds: split.test.frauds,
      compared: report.compared ?? null,
      isRecalibration: report.recalibration !== undefined,
      champion: report.champion ?? null,
      families: Object.values(report.families).map(({ family, test }) => ({
        family,
        isSelected: family === selected,
        test,
      })),
    };
  });
}
