import type { Tx } from "#server/db/client.ts";
import type { ApprovalKind } from "#server/domain/approval.ts";
import { NewListEntry } from "#server/domain/list/list-entry.ts";
import type { Permission } from "#server/domain/permission.ts";
import { ProposeCanaryInput, setCanaryIn } from "#server/services/canary/propose-canary.ts";
import { CloseCaseInput, closeCaseIn } from "#server/services/case/close-case.ts";
import { ExecuteBulkInput, executeBulkIn } from "#server/services/case/execute-bulk.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { addListEntryIn } from "#server/services/list/add-list-entry.ts";
import { PromoteInput, promoteIn } from "#server/services/model/promote-model.ts";
import { ActivatePolicyInput, activatePolicyIn } from "#server/services/policy/activate-policy.ts";
import { activateRulesIn, DraftInput } from "#server/services/rule/activate-rules.ts";

type Change = {
  /** what its second person must be permitted as well */
  readonly permission: Permission;
  /** makes the change of the payload as whoever asked for it, in the transaction of the answer */
  readonly make: (tx: Tx, ctx: ServiceContext, payload: unknown) => Promise<unknown>;
};

export const changeOfKind: Record<ApprovalKind, Change> = {
  "case.close": {
    permission: "case:work",
    make: (tx, ctx, payload) => closeCaseIn(tx, ctx, CloseCaseInput.parse(payload)),
  },
  "case.bulk": {
    permission: "case:bulk",
    make: (tx, ctx, payload) => executeBulkIn(tx, ctx, ExecuteBulkInput.parse(payload)),
  },
  "list.add": {
    permission: "list:write",
    make: (tx, ctx, payload) => addListEntryIn(tx, ctx, NewListEntry.parse(payload)),
  },
  "rule.activate": {
    permission: "rule:write",
    make: (tx, ctx, payload) => activateRulesIn(tx, ctx, DraftInput.parse(payload)),
  },
  "policy.activate": {
    permission: "policy:write",
    make: (tx, ctx, payload) => activatePolicyIn(tx, ctx, ActivatePolicyInput.parse(payload)),
  },
  "model.promote": {
    permission: "model:promote",
    make: (tx, ctx, payload) => promoteIn(tx, ctx, PromoteInput.parse(payload)),
  },
  "model.canary": {
    permission: "model:promote",
    make: (tx, ctx, payload) => setCanaryIn(tx, ctx, ProposeCanaryInput.parse(payload)),
  },
};
