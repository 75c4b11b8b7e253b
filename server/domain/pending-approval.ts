import type { PendingApproval } from "./approval.ts";

/** Whether a verb's answer is that a second person has to agree first. */
export function isPendingApproval(answer: object): answer is PendingApproval {
  return "status" in answer && answer.status === "pending_approval";
}
