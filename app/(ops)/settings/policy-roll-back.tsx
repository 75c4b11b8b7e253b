"use client";
import { type ReactNode, useId, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { BeforeAfter } from "../approvals/before-after.tsx";
import { changedPolicy } from "../approvals/policy-changes.ts";
import type { PolicyVersion } from "./types.ts";
import { usePolicyWrites } from "./use-policy-writes.ts";

type PolicyRollBackProps = { to: PolicyVersion; active: PolicyVersion; onDone: () => void };

/** Returns to an earlier version once what that changes was shown and the reason is given. */
export function PolicyRollBack({ to, active, onDone }: PolicyRollBackProps): ReactNode {
  const id = useId();
  const [reason, setReason] = useState("");
  const { rollBack, isPending } = usePolicyWrites();
  const changes = changedPolicy(active.policy, to.policy);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onDone()}
      title={`Return to version ${to.number}?`}
      description="Its figures come into force as a new version; history stays as it was."
    >
      <div className="space-y-3">
        {changes.length === 0 ? (
          <p className="text-muted">It says the same as the policy in force.</p>
        ) : (
          <BeforeAfter rows={changes} answered={false} />
        )}
        <label htmlFor={id} className="block text-xs font-medium text-muted">
          Why? Kept in the audit log
        </label>
        <textarea
          id={id}
          required
          rows={3}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="w-full rounded-md border border-line-strong/60 bg-surface px-2 py-1.5 text-sm text-ink"
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onDone}>Keep things as they are</Button>
          <Button
            look="danger"
            disabled={isPending || reason.trim() === "" || changes.length === 0}
            onClick={() => rollBack({ expectedActiveId: active.id, toId: to.id, reason }, onDone)}
          >
            Return to version {to.number}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
