import type { Tx } from "#server/db/client.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";
import { type Asked, askApproval, mayNeedApproval } from "./ask-approval.ts";

/** Changes that the review settings put under four eyes as a whole. */
export type GuardedChange = "blockListing" | "ruleChanges" | "policyChanges" | "promotion";

const because: Record<GuardedChange, string> = {
  blockListing: "Putting something on the block list needs a second person.",
  ruleChanges: "Putting rules in force needs a second person.",
  policyChanges: "Putting a policy in force needs a second person.",
  promotion: "Promoting a model needs a second person.",
} satisfies Record<Exclude<keyof ReviewSettings["fourEyes"], "amountMinor" | "overrides">, string>;

/**
 * Keeps a person from making a change alone that needs a second one. Whatever people call goes through here or through
 * `orAskApproval`.
 * @throws ServiceError "conflict"
 */
export async function refuseAlone(tx: Tx, ctx: ServiceContext, change: GuardedChange): Promise<void> {
  if (!(await needsSecond(tx, ctx, change))) return;
  throw new ServiceError("conflict", `${because[change]} Ask for an approval.`);
}

/** Makes the change, or asks a second person for it where the review settings say so. */
export async function orAskApproval<T>(
  tx: Tx,
  ctx: ServiceContext,
  change: GuardedChange,
  { asked, make }: { readonly asked: Omit<Asked, "because">; readonly make: () => Promise<T> },
): Promise<T | PendingApproval> {
  if (!(await needsSecond(tx, ctx, change))) return make();
  return askApproval(tx, ctx, { ...asked, because: because[change] });
}

async function needsSecond(tx: Tx, ctx: ServiceContext, change: GuardedChange): Promise<boolean> {
  if (!mayNeedApproval(ctx)) return false;
  return (await readReviewSettings(tx)).fourEyes[change];
}
