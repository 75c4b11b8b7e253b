export { AnswerApprovalInput, answerApproval } from "./answer-approval.ts";
export {
  countToAnswer,
  getApproval,
  ListApprovalsInput,
  listApprovals,
  PendingOfInput,
  pendingOf,
} from "./list-approvals.ts";
export { ApprovalRef, withdrawApproval } from "./withdraw-approval.ts";
