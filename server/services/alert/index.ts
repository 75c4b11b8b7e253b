export { AlertRef, acknowledgeAlert } from "./acknowledge-alert.ts";
export { addDefaultRules } from "./default-rules.ts";
export { evaluateRules } from "./evaluate-rules.ts";
export { listAlertRules } from "./list-alert-rules.ts";
export { countAlerts, ListAlertsInput, listAlerts } from "./list-alerts.ts";
export { openEventAlert } from "./open-alert.ts";
export { resolveAlert } from "./resolve-alert.ts";
export { retrainFromAlert } from "./retrain-from-alert.ts";
export {
  ChangeAlertRuleInput,
  CreateAlertRuleInput,
  changeAlertRule,
  createAlertRule,
} from "./save-alert-rule.ts";
export { SilenceInput, silenceAlert } from "./silence-alert.ts";
export { alertWords } from "./words.ts";
