import { z } from "zod";

/** Changes that may need a second person. */
export const approvalKinds = [
  "case.close",
  "case.bulk",
  "list.add",
  "rule.activate",
  "policy.activate",
  "model.promote",
] as const;
export const ApprovalKind = z.enum(approvalKinds);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** returned: to be made again otherwise; withdrawn: by who asked for it. */
export const approvalStatuses = ["pending", "approved", "rejected", "returned", "withdrawn"] as const;
export const ApprovalStatus = z.enum(approvalStatuses);
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;
