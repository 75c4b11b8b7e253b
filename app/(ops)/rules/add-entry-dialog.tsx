"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { type ListEffect, ListKind, listKinds, NewListEntry } from "#server/domain/list/list-entry.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { kindWords } from "./words.ts";

const DAY_MS = 86_400_000;
const periods = [
  { value: "", label: "Until it is removed" },
  { value: "1", label: "For a day" },
  { value: "7", label: "For 7 days" },
  { value: "30", label: "For 30 days" },
  { value: "180", label: "For 180 days" },
];

type AddEntryDialogProps = { list: ListEffect; isOpen: boolean; onClose: () => void };

/** Puts something on a list: what, why, and for how long. */
export function AddEntryDialog({ list, isOpen, onClose }: AddEntryDialogProps): ReactNode {
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Add to the ${list} list`}
    >
      <EntryForm list={list} onDone={onClose} />
    </Dialog>
  );
}

function EntryForm({ list, onDone }: { list: ListEffect; onDone: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<ListKind>("customer");
  const [value, setValue] = useState("");
  const [reason, setReason] = useState("");
  const [days, setDays] = useState("");
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const add = useMutation(
    trpc.list.add.mutationOptions({
      onSuccess: (entry) => {
        if (isPendingApproval(entry))
          toast(`Approval ${entry.number} is asked for.`, { description: entry.because });
        else toast(`${entry.value} is on the ${list} list.`);
        onDone();
        return queryClient.invalidateQueries(trpc.list.entries.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const expiresAt = days === "" ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const entry = NewListEntry.safeParse({ list, kind, value, reason, expiresAt });
    setErrors(
      Object.fromEntries((entry.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message])),
    );
    if (entry.success) add.mutate(entry.data);
  };
  return (
    <form onSubmit={submit} className="space-y-4" noValidate>
      <Select
        label="Kind"
        options={listKinds.map((each) => ({ value: each, label: kindWords[each] }))}
        value={kind}
        onValueChange={(picked) => setKind(ListKind.parse(picked))}
      />
      <Input
        label="Value"
        {...(kind === "ip" ? { hint: "An address, or a range such as 203.0.113.0/24" } : {})}
        error={errors.value}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        maxLength={128}
        required
      />
      <Input
        label="Why"
        error={errors.reason}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={500}
        required
      />
      <Select label="How long" options={periods} value={days} onValueChange={setDays} />
      {add.isError && (
        <p role="alert" className="text-decline">
          {add.error.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look={list === "block" ? "danger" : "primary"} disabled={add.isPending}>
          Add to the {list} list
        </Button>
      </div>
    </form>
  );
}
