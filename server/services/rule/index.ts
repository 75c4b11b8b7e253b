export { activateRules, discardDraft, proposeRules } from "./activate-rules.ts";
export { countHits } from "./count-hits.ts";
export { readRules } from "./read-rules.ts";
export { saveDraft } from "./save-draft.ts";
export { TestRulesInput, testRules } from "./test-rules.ts";
export { ruleFeatures } from "./vocabulary.ts";
