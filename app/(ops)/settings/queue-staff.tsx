"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Select } from "#app/ui/field.tsx";
import { QueueAssignment, queueAssignments } from "#server/domain/queue.ts";
import { Choices } from "./choices.tsx";
import type { QueueFormPart } from "./queue-form.tsx";
import type { Worker } from "./types.ts";

const words: Record<QueueAssignment, string> = {
  claim: "Whoever is free takes them",
  round_robin: "They are assigned to its members in turn",
};

/** Who gets the cases of a queue. */
export function QueueStaff({ draft, onChange }: QueueFormPart): ReactNode {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.user.workers.queryOptions());
  return (
    <div className="space-y-3">
      <Select
        label="Assignment"
        options={queueAssignments.map((value) => ({ value, label: words[value] }))}
        value={draft.assignment}
        onValueChange={(value) => onChange({ ...draft, assignment: QueueAssignment.parse(value) })}
      />
      {draft.assignment === "round_robin" && (
        <>
          <Choices
            legend="Members"
            choices={(data ?? []).map((worker) => ({ value: worker.id, label: labelOf(worker) }))}
            chosen={draft.memberIds}
            onChange={(memberIds) => onChange({ ...draft, memberIds })}
          />
          {error !== null && <p className="text-decline">{error.message}</p>}
          {draft.memberIds.length === 0 && (
            <p className="text-muted">Without members its cases stay nobody's.</p>
          )}
        </>
      )}
    </div>
  );
}

function labelOf({ name, openCases, away }: Worker): string {
  return `${name} (${away ? "away, " : ""}${plural(openCases, "open case")})`;
}
