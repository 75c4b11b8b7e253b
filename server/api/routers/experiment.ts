import { z } from "zod";
import {
  ExperimentSummary,
  ExperimentView,
  getExperiment,
  getTrial,
  LogPage,
  listExperiments,
  ReadLogInput,
  readLog,
  StartExperimentInput,
  startExperiment,
  TrialDetailView,
} from "#server/services/experiment/index.ts";
import { permitted, router } from "../trpc.ts";

const Id = z.object({ id: z.string().min(1).max(64) });

/** Experiments: trainings that search configurations. They are cancelled as trainings are. */
export const experimentRouter = router({
  start: permitted("model:train")
    .input(StartExperimentInput)
    .output(Id)
    .mutation(({ ctx, input }) => startExperiment(ctx, input)),

  list: permitted("model:read")
    .input(z.object({ limit: z.int().min(1).max(200).default(50) }).default({ limit: 50 }))
    .output(z.array(ExperimentSummary))
    .query(({ ctx, input }) => listExperiments(ctx, input)),

  byId: permitted("model:read")
    .input(Id)
    .output(ExperimentView)
    .query(({ ctx, input }) => getExperiment(ctx, input)),

  trial: permitted("model:read")
    .input(Id.extend({ number: z.int().min(1).max(1_000) }))
    .output(TrialDetailView)
    .query(({ ctx, input }) => getTrial(ctx, input)),

  /** The newest lines, or those before one: pages poll it. */
  log: permitted("model:read")
    .input(ReadLogInput)
    .output(LogPage)
    .query(({ ctx, input }) => readLog(ctx, input)),
});
