export { giveSecondVerdict, SecondVerdictInput } from "./give-second-verdict.ts";
export { readDesk } from "./read-desk.ts";
export { TakeSecondReviewInput, takeSecondReview } from "./take-second-review.ts";
