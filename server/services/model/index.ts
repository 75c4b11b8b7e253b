export { families } from "#ml/models/model.ts";
export { loadArtifact, storeArtifact } from "./artifact-store.ts";
export { loadChampion } from "./champion.ts";
export {
  DescribeFeatureSetInput,
  describeFeatureSet,
  type FeatureSetView,
} from "./describe-feature-set.ts";
export { listModels, type ModelDetail, modelById, modelByName } from "./find-model.ts";
export { PromoteInput, promoteModel, proposePromotion, rollbackModel } from "./promote-model.ts";
export { ShadowAgreement, shadowAgreement } from "./shadow-agreement.ts";
export { startShadow, stopShadow } from "./shadow-model.ts";
export { type VersionDetail, VersionDetailInput, versionDetail } from "./version-detail.ts";
export type { ModelView } from "./view.ts";
