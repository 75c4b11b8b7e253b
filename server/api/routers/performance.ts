import { z } from "zod";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import {
  ReadCardPrecisionInput,
  ReadCohortsInput,
  ReadSegmentsInput,
  readBands,
  readCalibration,
  readCardPrecision,
  readCohorts,
  readModels,
  readOverTime,
  readPerformance,
  readSegments,
} from "#server/services/performance/index.ts";
import { permitted, router } from "../trpc.ts";

const OverTimeInput = AnalysisWindow.extend({ threshold: z.number().min(0).max(1) });

export const performanceRouter = router({
  /** How well scores ranked a window's payments whose truth is known, at every threshold. */
  read: permitted("analytics:read")
    .input(AnalysisWindow)
    .query(({ ctx, input }) => readPerformance(ctx, input)),

  /** Intervals of the curves, of the measures of ranking and of the gains. */
  bands: permitted("analytics:read")
    .input(AnalysisWindow)
    .query(({ ctx, input }) => readBands(ctx, input)),

  /** What so many checks of cards a day would have found. */
  cardPrecision: permitted("analytics:read")
    .input(ReadCardPrecisionInput)
    .query(({ ctx, input }) => readCardPrecision(ctx, input)),

  /** What came true by week of payment, and what was to be expected before labels. */
  cohorts: permitted("analytics:read")
    .input(ReadCohortsInput)
    .query(({ ctx, input }) => readCohorts(ctx, input)),

  /** Champion, challengers and baselines on the same rows. */
  models: permitted("analytics:read")
    .input(AnalysisWindow)
    .query(({ ctx, input }) => readModels(ctx, input)),

  /** Precision and recall by payment day or week. */
  overTime: permitted("analytics:read")
    .input(OverTimeInput)
    .query(({ ctx, input }) => readOverTime(ctx, input)),

  /** How well scores mean what they say. */
  calibration: permitted("analytics:read")
    .input(AnalysisWindow)
    .query(({ ctx, input }) => readCalibration(ctx, input)),

  /** A threshold's precision, recall and false positives by segment. */
  segments: permitted("analytics:read")
    .input(ReadSegmentsInput)
    .query(({ ctx, input }) => readSegments(ctx, input)),
});
