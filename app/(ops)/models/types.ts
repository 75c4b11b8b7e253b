import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type Model = Outputs["model"]["list"][number];
export type ModelDetail = Outputs["model"]["byId"];
export type Report = ModelDetail["report"];
export type FamilyReport = NonNullable<Report["families"][keyof Report["families"]]>;
export type Run = Outputs["training"]["list"][number];
export type ModelCardView = Outputs["model"]["card"];
export type Retraining = Outputs["training"]["triggers"];
export type FeatureSetView = Outputs["model"]["featureSet"];
export type FeatureView = FeatureSetView["features"][number];
export type VersionDetail = Outputs["model"]["byNumber"];
export type Agreement = Outputs["canary"]["agreement"];
export type Canary = NonNullable<Outputs["canary"]["ofVersion"]>;
export type Disagreement = Outputs["canary"]["disagreements"]["rows"][number];
export type ExperimentSummary = Outputs["experiment"]["list"][number];
export type Experiment = Outputs["experiment"]["byId"];
export type Trial = Experiment["trials"][number];
export type TrialDetail = Outputs["experiment"]["trial"];
