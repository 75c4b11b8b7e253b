import { ReadDriftInput, readDrift } from "#server/services/drift/index.ts";
import { permitted, router } from "../trpc.ts";

export const driftRouter = router({
  /** How far the champion's features and scores moved from its training reference. */
  read: permitted("analytics:read")
    .input(ReadDriftInput)
    .query(({ ctx, input }) => readDrift(ctx, input)),
});
