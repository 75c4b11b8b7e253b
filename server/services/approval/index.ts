export { askApproval, mayNeedApproval } from "./ask-approval.ts";
export { pendingApproval, refuseWhilePending } from "./pending-approval.ts";
