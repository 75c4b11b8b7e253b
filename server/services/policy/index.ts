export { ActivatePolicyInput, activatePolicy, proposePolicy } from "./activate-policy.ts";
export { activePolicy, ensureActivePolicy, findActivePolicy } from "./active-policy.ts";
export { DraftChoice, discardDraft } from "./discard-draft.ts";
export { listPolicies } from "./list-policies.ts";
export { RollBackInput, rollBackPolicy } from "./roll-back-policy.ts";
export { SaveDraftInput, saveDraft } from "./save-draft.ts";
export { SimulatePolicyInput, simulatePolicy } from "./simulate-policy.ts";
export type { PolicyView } from "./view.ts";
