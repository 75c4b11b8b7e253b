export { activatePolicy, proposePolicy } from "./activate-policy.ts";
export { activePolicy, ensureActivePolicy, findActivePolicy } from "./active-policy.ts";
export { listPolicies } from "./list-policies.ts";
export { SimulatePolicyInput, simulatePolicy } from "./simulate-policy.ts";
export type { PolicyView } from "./view.ts";
