"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import type { Queue } from "./types.ts";

/** Ends a queue for good, after telling how many cases move. */
export function ArchiveQueue({ queue, onDone }: { queue: Queue; onDone: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const archive = useMutation(
    trpc.queue.archive.mutationOptions({
      onSuccess: () => {
        toast(`The queue ${queue.name} is archived.`);
        onDone();
      },
      onError: (error) => {
        toast.error(error.message);
        setAsking(false);
      },
      onSettled: () => queryClient.invalidateQueries(trpc.queue.pathFilter()),
    }),
  );
  const { open } = queue.work;
  return (
    <>
      <Button className="ml-auto" onClick={() => setAsking(true)}>
        Archive
      </Button>
      <Dialog open={isAsking} onOpenChange={setAsking} title={`Archive ${queue.name}?`}>
        <p>
          {open === 0
            ? "No open case is in it."
            : `Its ${plural(open, "open case")} ${open === 1 ? "is" : "are"} routed again, by the other queues in their order.`}{" "}
          Its name stays taken, and it cannot be brought back.
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            look="danger"
            disabled={archive.isPending}
            onClick={() => archive.mutate({ queueId: queue.id, version: queue.version })}
          >
            Archive
          </Button>
        </div>
      </Dialog>
    </>
  );
}
