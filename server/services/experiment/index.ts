export { exportExperiment } from "./export-experiment.ts";
export { getExperiment, listExperiments } from "./find-experiments.ts";
export { getTrial } from "./get-trial.ts";
export { LogPage, ReadLogInput, readLog } from "./read-log.ts";
export { StartExperimentInput, startExperiment } from "./start-experiment.ts";
export { ExperimentSummary, ExperimentView, TrialDetailView } from "./view.ts";
