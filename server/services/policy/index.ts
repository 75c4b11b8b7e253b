export { type ActivatePolicyInput, activatePolicy } from "./activate-policy.ts";
export { activePolicy, ensureActivePolicy, findActivePolicy } from "./active-policy.ts";
export { listPolicies } from "./list-policies.ts";
export type { PolicyStatus, PolicyView } from "./view.ts";
