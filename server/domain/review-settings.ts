import { z } from "zod";
import { Disposition } from "./case.ts";

/** How an installation reviews, under the setting "review". Every change is audited. */
export const ReviewSettings = z.strictObject({
  /** how long opening a case keeps it from others */
  claimMinutes: z.int().min(1).max(480).default(30),
  /** verdicts that need a reason */
  reasonRequiredFor: z.array(Disposition).default(["not_sure"]),
  /** share of closed cases that someone else looks at again, blind */
  secondReviewShare: z.number().min(0).max(1).default(0.05),
  /** what needs a second person */
  fourEyes: z
    .strictObject({
      /** verdicts on payments of at least so many minor units, by currency; a currency not named needs none */
      amountMinor: z.record(z.string().length(3), z.int().min(0)).default({}),
      /** a verdict against an earlier label */
      overrides: z.boolean().default(false),
      blockListing: z.boolean().default(false),
      ruleChanges: z.boolean().default(false),
      policyChanges: z.boolean().default(false),
      promotion: z.boolean().default(false),
    })
    .prefault({}),
});
export type ReviewSettings = z.infer<typeof ReviewSettings>;

export const defaultReviewSettings: ReviewSettings = ReviewSettings.parse({});
