"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan, useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Select } from "#app/ui/field.tsx";
import type { CaseDetail } from "./words.ts";

type AssignDialogProps = { detail: CaseDetail; isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Whose case it is. Analysts take what is nobody's and give back their own; leads give it to anyone. */
export function AssignDialog({ detail, isOpen, onOpenChange }: AssignDialogProps): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useSession();
  const isLead = useCan("case:manage");
  const [to, setTo] = useState(detail.owner?.id ?? me);
  const { data: people = [] } = useQuery(trpc.case.people.queryOptions(undefined, { staleTime: 300_000 }));
  const assign = useMutation(
    trpc.case.assign.mutationOptions({
      onSuccess: ({ skipped }) => {
        onOpenChange(false);
        const [left] = skipped;
        if (left !== undefined) toast.error(`Not assigned. ${left.why}`);
        void queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId: detail.id }));
      },
      onError: (error) => toast.error(`Not assigned. ${error.message}`),
    }),
  );
  const workers = people.filter((person) => person.works && (isLead || person.id === me));
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={`Assign case ${detail.number}`}
      description={`It is ${detail.owner === null ? "nobody's" : `${detail.owner.name}'s`} now.`}
    >
      <div className="space-y-3">
        <Select
          label="To"
          value={to}
          onValueChange={setTo}
          options={[
            { value: "", label: "Nobody" },
            ...workers.map(({ id, name, away }) => ({ value: id, label: away ? `${name} (away)` : name })),
          ]}
        />
        <div className="flex justify-end">
          <Button
            look="primary"
            disabled={assign.isPending}
            onClick={() => assign.mutate({ caseIds: [detail.id], userId: to === "" ? null : to })}
          >
            Assign
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
