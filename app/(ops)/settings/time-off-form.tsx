"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import { fieldOfInstant, instantOfField, type Person } from "./people-list.ts";

type TimeOffFormProps = {
  userId: string;
  work: NonNullable<Person["work"]>;
  canChange: boolean;
};

/** From when until when somebody gets no cases. */
export function TimeOffForm({ userId, work, canChange }: TimeOffFormProps): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [from, setFrom] = useState(fieldOfInstant(work.awayFrom));
  const [until, setUntil] = useState(fieldOfInstant(work.awayUntil));
  const save = useMutation(
    trpc.user.setTimeOff.mutationOptions({
      onSuccess: ({ awayFrom }) => {
        toast(awayFrom === null ? "No time off." : "The time off is saved.");
        return queryClient.invalidateQueries(trpc.user.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ userId, awayFrom: instantOfField(from), awayUntil: instantOfField(until) });
  };
  const takeBack = (): void => {
    setFrom("");
    setUntil("");
    save.mutate({ userId, awayFrom: null, awayUntil: null });
  };
  return (
    <form onSubmit={submit} className="space-y-3" aria-label="Time off">
      <fieldset disabled={!canChange} className="grid gap-3 sm:grid-cols-2">
        <legend className="mb-2 font-semibold">Time off</legend>
        <Input
          label="Away from (UTC)"
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Input
          label="Until (UTC)"
          type="datetime-local"
          hint="Empty: until further notice"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </fieldset>
      {save.isError && (
        <p role="alert" className="text-decline">
          {save.error.message}
        </p>
      )}
      {canChange ? (
        <div className="flex gap-2">
          <Button type="submit" disabled={save.isPending}>
            Save the time off
          </Button>
          {work.awayFrom !== null && (
            <Button look="quiet" disabled={save.isPending} onClick={takeBack}>
              No time off
            </Button>
          )}
        </div>
      ) : (
        <p className="text-xs text-muted">They say it themselves, or a lead does.</p>
      )}
    </form>
  );
}
