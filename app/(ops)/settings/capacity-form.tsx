"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import type { Person } from "./people-list.ts";

type CapacityFormProps = { userId: string; work: NonNullable<Person["work"]>; canChange: boolean };

/** How many open cases somebody is assigned in turn at once. */
export function CapacityForm({ userId, work, canChange }: CapacityFormProps): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(work.caseCapacity?.toString() ?? "");
  const isReadable = text.trim() === "" || /^\d{1,5}$/.test(text.trim());
  const save = useMutation(
    trpc.user.setCapacity.mutationOptions({
      onSuccess: () => {
        toast("The capacity is saved.");
        return queryClient.invalidateQueries(trpc.user.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReadable) save.mutate({ userId, caseCapacity: text.trim() === "" ? null : Number(text) });
  };
  return (
    <form onSubmit={submit} className="space-y-3" aria-label="Capacity">
      <fieldset disabled={!canChange}>
        <legend className="mb-2 font-semibold">Capacity</legend>
        <Input
          label="Open cases assigned in turn, at most"
          hint={`Empty for no bound; ${plural(work.openCases, "open case")} now`}
          inputMode="numeric"
          value={text}
          error={isReadable ? save.error?.message : "A whole number, or nothing"}
          onChange={(event) => setText(event.target.value)}
        />
      </fieldset>
      {canChange && (
        <Button type="submit" disabled={save.isPending}>
          Save the capacity
        </Button>
      )}
    </form>
  );
}
