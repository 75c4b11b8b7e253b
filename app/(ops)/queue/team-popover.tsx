"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode, RefObject } from "react";
import { count } from "#app/format/number.ts";
import { duration } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { MenuPopover } from "./menu-popover.tsx";
import { bounded } from "./queue-reading.ts";

const DAYS = 30;
const head = "py-1 pl-4 text-right text-xs font-medium text-muted";
const cell = "h-8 pl-4 text-right";

type TeamPopoverProps = { opener: RefObject<HTMLButtonElement | null>; onClose: () => void };

/** Where work piles up, and what a case takes each of the team. */
export function TeamPopover(props: TeamPopoverProps): ReactNode {
  return (
    <MenuPopover
      {...props}
      label="Team"
      className="max-h-[80dvh] w-[26rem] max-w-[calc(100vw-1rem)] space-y-4 overflow-y-auto p-4"
    >
      <QueueLoads />
      <Paces />
    </MenuPopover>
  );
}

function QueueLoads(): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.queue.list.queryOptions());
  if (data === undefined) return <SkeletonRows rows={3} />;
  return (
    <table className="w-full">
      <caption className="text-left font-semibold">Queues</caption>
      <thead>
        <tr>
          <th scope="col" className="text-left text-xs font-medium text-muted">
            Queue
          </th>
          {["Open", "Nobody's", "Late"].map((label) => (
            <th key={label} scope="col" className={head}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.queues.map(({ id, name, work }) => (
          <tr key={id} className="border-t border-line">
            <th scope="row" className="text-left font-normal">
              {name}
            </th>
            <td className={cell}>{bounded(work.open, data.limit)}</td>
            <td className={cell}>{bounded(work.unassigned, data.limit)}</td>
            <td className={`${cell} ${work.overdue > 0 ? "text-decline" : ""}`}>
              {bounded(work.overdue, data.limit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Medians are shown from ten timed cases on. */
function Paces(): ReactNode {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.reviewQuality.read.queryOptions({ days: DAYS }));
  if (error !== null)
    return <p className="text-decline">The team's pace could not be read. {error.message}</p>;
  if (data === undefined) return <SkeletonRows rows={3} />;
  return (
    <div>
      <table className="w-full">
        <caption className="text-left font-semibold">Verdicts of the last {DAYS} days</caption>
        <thead>
          <tr>
            <th scope="col" className="text-left text-xs font-medium text-muted">
              Analyst
            </th>
            {["Cases", "Median time", "Median keys"].map((label) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.people.map(({ id, name, work }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              <td className={cell}>{count(work.cases)}</td>
              <td className={cell}>{work.seconds === null ? "–" : duration(work.seconds.median * 1000)}</td>
              <td className={cell}>{work.keystrokes === null ? "–" : count(work.keystrokes.median)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.people.length === 0 && <p className="text-muted">No verdict was given in these days.</p>}
      <Link href="/review-quality" className="mt-2 inline-block text-accent hover:underline">
        Review quality
      </Link>
    </div>
  );
}
