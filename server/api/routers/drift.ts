import {
  ReadDriftInput,
  ReadFeatureDriftInput,
  ReadServedInput,
  readDrift,
  readFeatureDrift,
  readServed,
} from "#server/services/drift/index.ts";
import { permitted, router } from "../trpc.ts";

export const driftRouter = router({
  /** How far the champion's features, scores, labels and figures lie from what was usual, week by week. */
  read: permitted("analytics:read")
    .input(ReadDriftInput)
    .query(({ ctx, input }) => readDrift(ctx, input)),
  /** One feature week by week, with its counts on the reference's bins. */
  feature: permitted("analytics:read")
    .input(ReadFeatureDriftInput)
    .query(({ ctx, input }) => readFeatureDrift(ctx, input)),
  /** How much was served by day, and how whole it was. */
  served: permitted("analytics:read")
    .input(ReadServedInput)
    .query(({ ctx, input }) => readServed(ctx, input)),
});
