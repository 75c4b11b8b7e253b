"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input } from "#app/ui/field.tsx";
import type { VersionDetail } from "../types.ts";

type StopCanaryDialogProps = { version: VersionDetail; onClose: () => void };

/** Gives all customers back to the champion, with the reason. */
export function StopCanaryDialog({ version, onClose }: StopCanaryDialogProps): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const stop = useMutation(
    trpc.canary.stop.mutationOptions({
      onSuccess: async () => {
        toast("The champion decides for everyone within seconds.");
        onClose();
        await queryClient.invalidateQueries();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    stop.mutate({ versionId: version.id, reason: reason.trim() });
  };
  return (
    <Dialog open onOpenChange={onClose} title={`Stop the canary of version ${version.number}?`}>
      <form onSubmit={submit} className="space-y-3">
        <p>
          The champion decides for everyone again within seconds. Decisions already made stay as they are, and
          version {version.number} goes on in shadow.
        </p>
        <Input
          label="Why"
          hint="Kept in the audit log"
          required
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Let it go on</Button>
          <Button type="submit" look="danger" disabled={reason.trim() === "" || stop.isPending}>
            Stop the canary
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
