export { createShadowCounter } from "./count-shadow.ts";
export { DisagreementPage, ListDisagreementsInput, listDisagreements } from "./list-disagreements.ts";
export { ProposeCanaryInput, proposeCanary } from "./propose-canary.ts";
export { Agreement, readAgreement } from "./read-agreement.ts";
export {
  CanaryDetail,
  CanaryOfVersion,
  findRunningCanary,
  RunningCanary,
  readCanary,
} from "./read-canary.ts";
export { StopCanaryInput, stopCanary } from "./stop-canary.ts";
export { CanaryView } from "./view.ts";
export { watchCanary } from "./watch-canary.ts";
