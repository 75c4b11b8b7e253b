export { ChangeRetrainingInput, changeRetrainingSettings } from "./change-settings.ts";
export { getRetraining, RetrainingView } from "./get-retraining.ts";
export { lookForReasons } from "./look-for-reasons.ts";
export { requestRetraining } from "./request-retraining.ts";
