import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type Performance = Extract<Outputs["performance"]["read"], { status: "read" }>;
export type OperatingPoint = Performance["points"][number];
export type WindowView = Performance["window"];
export type RowCounts = Performance["counts"];
export type Served = Performance["served"];
export type OverTime = Outputs["performance"]["overTime"];
export type Period = OverTime["periods"][number];
export type Calibration = NonNullable<Outputs["performance"]["calibration"]>;
export type Segment = Outputs["performance"]["segments"][number];
export type Bands = NonNullable<Outputs["performance"]["bands"]>;
export type Gain = Bands["gains"][number];
export type CardPrecision = NonNullable<Outputs["performance"]["cardPrecision"]>;
export type Cohorts = Outputs["performance"]["cohorts"];
export type Cohort = Cohorts["cohorts"][number];
export type Track = Cohorts["track"]["recall"];
export type Models = NonNullable<Outputs["performance"]["models"]>;
export type LivePair = Models["live"][number];
export type Tested = Models["tested"][number];
