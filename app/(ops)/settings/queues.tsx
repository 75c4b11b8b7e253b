"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { count, plural } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { QueueForm } from "./queue-form.tsx";
import { QueueTable } from "./queue-table.tsx";
import { settingsParams } from "./search-params.ts";

/** The queues in the order in which they are tried, with what lies in them. */
export function Queues(): ReactNode {
  const trpc = useTRPC();
  const canChange = useCan("queue:write");
  const [{ queue: openId }, setParams] = useQueryStates(settingsParams, { history: "push" });
  const { data, error, refetch } = useQuery(trpc.queue.list.queryOptions());
  const open = data?.queues.find(({ id }) => id === openId) ?? null;
  const close = (): void => void setParams({ queue: null });
  return (
    <Card
      padded={false}
      title={data === undefined ? "Queues" : `${plural(data.queues.length, "queue")}, tried from the top`}
      actions={
        <Button
          size="small"
          disabled={!canChange}
          title={canChange ? undefined : "Changing queues needs the role lead or admin"}
          onClick={() => void setParams({ queue: "new" })}
        >
          Create a queue
        </Button>
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={5} />}
      {data !== undefined && (
        <QueueTable
          queues={data.queues}
          limit={data.limit}
          onOpen={(queueId) => void setParams({ queue: queueId })}
        />
      )}
      {data !== undefined && data.unrouted > 0 && (
        <p className="px-4 py-3 text-muted">
          {count(data.unrouted)}
          {data.unrouted >= data.limit && "+"} {data.unrouted === 1 ? "case waits" : "cases wait"} to be
          routed.
        </p>
      )}
      <Dialog
        open={openId === "new" || open !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) close();
        }}
        title={open === null ? "Create a queue" : open.name}
        place="side"
      >
        <QueueForm key={openId} queue={open} onDone={close} />
      </Dialog>
    </Card>
  );
}
