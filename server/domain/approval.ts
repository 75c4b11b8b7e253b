import { z } from "zod";

/** Changes that may need a second person. */
const approvalKinds = [
  "case.close",
  "case.bulk",
  "list.add",
  "rule.activate",
  "policy.activate",
  "model.promote",
  "model.canary",
] as const;
export const ApprovalKind = z.enum(approvalKinds);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** returned: to be made again otherwise; withdrawn: by who asked for it. */
const approvalStatuses = ["pending", "approved", "rejected", "returned", "withdrawn"] as const;
export const ApprovalStatus = z.enum(approvalStatuses);
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;

/** What a verb answers instead of its result while a second person has not agreed. */
export const PendingApproval = z.object({
  status: z.literal("pending_approval"),
  approvalId: z.string(),
  number: z.int(),
  /** why a second person is needed, in words */
  because: z.string(),
});
export type PendingApproval = z.infer<typeof PendingApproval>;
