import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type DriftView = inferRouterOutputs<AppRouter>["drift"]["read"];
export type Drift = Extract<DriftView, { status: "read" }>;
export type FeatureDrift = Drift["features"][number];
export type DriftSeries = Drift["series"][number];
export type DriftAlert = Drift["alerts"][number];
export type DriftWeek = Drift["weeks"][number];
export type ChampionOfDrift = Drift["champion"];
export type FeatureDetail = inferRouterOutputs<AppRouter>["drift"]["feature"];
export type Served = NonNullable<inferRouterOutputs<AppRouter>["drift"]["served"]>;
