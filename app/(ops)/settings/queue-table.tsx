"use client";
import { type ReactNode, useRef } from "react";
import { count } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { routingWords, slaWords } from "./queue-words.ts";
import type { Queue } from "./types.ts";
import { type Order, useQueueOrder } from "./use-queue-order.ts";

type QueueTableProps = {
  queues: readonly Queue[];
  /** a count that reaches this stands for "this many or more" */
  limit: number;
  onOpen: (queueId: string) => void;
};

/** One row a queue; Enter opens it, its buttons move it. */
export function QueueTable({ queues, limit, onOpen }: QueueTableProps): ReactNode {
  const table = useRef<HTMLDivElement>(null);
  const order = useQueueOrder(queues, table);
  const capped = (value: number): string => `${count(value)}${value >= limit ? "+" : ""}`;
  const column = columnsOf<Queue>();
  const columns = column.columns([
    column.accessor("name", {
      header: "Queue",
      cell: (cell) => <span className="font-medium">{cell.getValue()}</span>,
    }),
    column.accessor((queue) => routingWords(queue.id, queue.routing), {
      id: "takes",
      header: "Takes",
      meta: { from: "lg" },
      cell: (cell) => (
        <span className="block max-w-96 truncate" title={cell.getValue()}>
          {cell.getValue()}
        </span>
      ),
    }),
    column.accessor("slaMinutes", {
      header: "Promise",
      meta: { from: "md" },
      cell: (cell) => slaWords(cell.getValue()),
    }),
    column.accessor(assignmentWords, { id: "assignment", header: "Assigned", meta: { from: "md" } }),
    column.accessor((queue) => queue.work.open, {
      id: "open",
      header: "Open",
      meta: { align: "end" },
      cell: (cell) => capped(cell.getValue()),
    }),
    column.accessor((queue) => queue.work.overdue, {
      id: "overdue",
      header: "Overdue",
      meta: { align: "end" },
      cell: (cell) =>
        cell.getValue() === 0 ? (
          "0"
        ) : (
          <Badge tone="decline" shape="!">
            {capped(cell.getValue())}
          </Badge>
        ),
    }),
    column.display({
      id: "order",
      header: "Order",
      meta: { align: "end", from: "sm" },
      cell: (cell) => <MoveButtons queue={cell.row.original} order={order} />,
    }),
  ]);
  return (
    <div ref={table}>
      <DataTable
        caption="Queues"
        columns={columns}
        rows={[...queues]}
        rowKey={(queue) => queue.id}
        onOpen={(queue) => onOpen(queue.id)}
      />
    </div>
  );
}

function assignmentWords({ assignment, members }: Queue): string {
  if (assignment === "claim") return "taken by whoever is free";
  const away = members.filter((member) => member.away).length;
  return `in turn to ${members.length}${away === 0 ? "" : `, ${away} away`}`;
}

type MoveButtonsProps = { queue: Queue; order: Order };

function MoveButtons({ queue, order }: MoveButtonsProps): ReactNode {
  const canChange = useCan("queue:write");
  if (queue.id === GENERAL_QUEUE_ID) return <span className="text-muted">always last</span>;
  const at = order.ids.indexOf(queue.id);
  return (
    <span className="inline-flex gap-1">
      {([-1, 1] as const).map((step) => (
        <Button
          key={step}
          look="quiet"
          size="small"
          data-moves={queue.id}
          aria-label={`Move ${queue.name} ${step === -1 ? "up" : "down"}`}
          disabled={!canChange || order.ids[at + step] === undefined}
          onClick={() => order.move(queue.id, step)}
        >
          <span aria-hidden="true">{step === -1 ? "↑" : "↓"}</span>
        </Button>
      ))}
    </span>
  );
}
