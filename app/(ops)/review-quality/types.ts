import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["reviewQuality"];
export type ReviewQuality = Outputs["read"];
export type PersonQuality = ReviewQuality["people"][number];
export type Overruled = Outputs["overruled"][number];
export type LabelArrival = Outputs["labelArrival"];
export type LearningView = NonNullable<Outputs["learningCurve"]>;
