"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import type { ListEntry } from "./types.ts";

/** Takes an entry off its list, after a word of what that means. */
export function RemoveEntry({ entry }: { entry: ListEntry }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canWrite = useCan("list:write");
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.list.remove.mutationOptions({
      onSuccess: () => toast(`${entry.value} is off the ${entry.list} list.`),
      onError: (error) => toast.error(error.message),
      onSettled: () => {
        setAsking(false);
        return queryClient.invalidateQueries(trpc.list.entries.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button
        look="quiet"
        size="small"
        disabled={!canWrite}
        aria-label={`Remove ${entry.value}`}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Take ${entry.value} off the ${entry.list} list?`}
      >
        <p>
          Its payments are decided by the rules and the policy again, within seconds. The entry stays in
          history.
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            look="primary"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ entryId: entry.id })}
          >
            Take it off
          </Button>
        </div>
      </Dialog>
    </>
  );
}
