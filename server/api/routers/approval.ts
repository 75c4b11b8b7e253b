import {
  AnswerApprovalInput,
  ApprovalRef,
  answerApproval,
  countToAnswer,
  getApproval,
  ListApprovalsInput,
  listApprovals,
  PendingOfInput,
  pendingOf,
  withdrawApproval,
} from "#server/services/approval/index.ts";
import { permitted, router } from "../trpc.ts";

const ask = permitted("approval:ask");

export const approvalRouter = router({
  list: ask.input(ListApprovalsInput).query(({ ctx, input }) => listApprovals(ctx, input)),
  byId: ask.input(ApprovalRef).query(({ ctx, input }) => getApproval(ctx, input)),
  toAnswer: ask.query(({ ctx }) => countToAnswer(ctx)),
  pendingOf: permitted("case:read")
    .input(PendingOfInput)
    .query(({ ctx, input }) => pendingOf(ctx, input)),
  answer: permitted("approval:answer")
    .input(AnswerApprovalInput)
    .mutation(({ ctx, input }) => answerApproval(ctx, input)),
  withdraw: ask.input(ApprovalRef).mutation(({ ctx, input }) => withdrawApproval(ctx, input)),
});
