"use client";
import type { ReactNode } from "react";
import { useCan, useSession } from "#app/shell/session-context.tsx";
import { AccessForm } from "./access-form.tsx";
import { CapacityForm } from "./capacity-form.tsx";
import type { Person } from "./people-list.ts";
import { TimeOffForm } from "./time-off-form.tsx";

/** One person: what the reader may change of them, the rest to read. */
export function PersonForm({ person }: { person: Person }): ReactNode {
  const { id } = useSession();
  const managesUsers = useCan("user:manage");
  const managesQueues = useCan("queue:write");
  const worksOnCases = useCan("case:work");
  const isOwn = person.id === id;
  return (
    <div className="space-y-6">
      {person.email !== null && <p className="text-muted">{person.email}</p>}
      {person.work !== null && (
        <>
          <TimeOffForm
            userId={person.id}
            work={person.work}
            canChange={managesQueues || (isOwn && worksOnCases)}
          />
          <CapacityForm userId={person.id} work={person.work} canChange={managesQueues} />
        </>
      )}
      {managesUsers && person.role !== null && <AccessForm person={person} role={person.role} />}
    </div>
  );
}
