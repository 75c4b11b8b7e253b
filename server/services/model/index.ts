export { families } from "#ml/models/model.ts";
export { loadArtifact, storeArtifact } from "./artifact-store.ts";
export { loadChampion } from "./champion.ts";
export {
  DescribeFeatureSetInput,
  describeFeatureSet,
  type FeatureSetView,
} from "./describe-feature-set.ts";
export { listModels, type ModelDetail, modelById, modelByName } from "./find-model.ts";
export { exportMlflow } from "./mlflow/export-mlflow.ts";
export { ModelCardView, modelCard } from "./model-card.ts";
export { PromoteInput, promoteModel, proposePromotion } from "./promote-model.ts";
export { RecalibrateInput, recalibrateModel } from "./recalibrate.ts";
export { rollbackModel } from "./rollback-model.ts";
export { startShadow, stopShadow } from "./shadow-model.ts";
export { type VersionDetail, VersionDetailInput, versionDetail } from "./version-detail.ts";
export type { ModelView } from "./view.ts";
