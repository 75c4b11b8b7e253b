import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

export type Costs = Extract<inferRouterOutputs<AppRouter>["cost"]["read"], { status: "read" }>;
export type Strategy = Costs["strategies"][number];
export type Action = keyof Costs["optimum"];

export type Certainty = NonNullable<inferRouterOutputs<AppRouter>["cost"]["certainty"]>;
export type ModelCosts = NonNullable<inferRouterOutputs<AppRouter>["cost"]["models"]>;
export type SegmentCost = NonNullable<inferRouterOutputs<AppRouter>["cost"]["segments"]>["segments"][number];

export type Simulation = Extract<inferRouterOutputs<AppRouter>["policy"]["simulate"], { status: "read" }>;
export type Simulated = Simulation["candidate"];
export type Estimate = Simulated["cost"];
