export { ChangeReviewSettingsInput, changeReviewSettings } from "./change-review-settings.ts";
export { getReviewSettings } from "./get-review-settings.ts";
export { readReviewSettings } from "./read-review-settings.ts";
