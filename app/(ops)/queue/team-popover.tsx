"use client";
import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";
import type { ReactNode, RefObject } from "react";
import { count } from "#app/format/number.ts";
import { duration } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { MenuPopover } from "./menu-popover.tsx";
import { bounded } from "./queue-reading.ts";

const DAYS = 30;
const head = "py-1 pl-4 text-right align-bottom text-xs font-medium text-muted";
const cell = "h-8 pl-4 text-right";

type TeamPopoverProps = { opener: RefObject<HTMLButtonElement | null>; onClose: () => void };

/** Where work piles up, and what a case takes each of the team. */
export function TeamPopover(props: TeamPopoverProps): ReactNode {
  return (
    <MenuPopover
      {...props}
      label="Team"
      className="max-h-[80dvh] w-[38rem] max-w-[calc(100vw-1rem)] space-y-4 overflow-y-auto p-4"
    >
      <QueueLoads />
      <People />
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

/** Who has how many, did how many today, and takes how long; medians are shown from ten timed cases on. */
function People(): ReactNode {
  const trpc = useTRPC();
  const today = useQuery(trpc.case.team.queryOptions());
  const pace = useQuery(trpc.reviewQuality.read.queryOptions({ days: DAYS }));
  const error = today.error ?? pace.error;
  if (error !== null)
    return <p className="text-decline">The team's work could not be read. {error.message}</p>;
  if (today.data === undefined || pace.data === undefined) return <SkeletonRows rows={4} />;
  const workOf = new Map(pace.data.people.map(({ id, work }) => [id, work]));
  return (
    <div>
      <table className="w-full">
        <caption className="text-left font-semibold">People</caption>
        <thead>
          <tr>
            <th scope="col" className="text-left text-xs font-medium text-muted">
              Analyst
            </th>
            {["Assigned", "Opened today", "Closed today", "Median time", "Median keys"].map((label) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {today.data.map(({ id, name, away, pile, opened, closed }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="text-left font-normal">
                {name}
                {away && <span className="text-xs text-muted"> · away</span>}
              </th>
              <td className={cell}>{count(pile)}</td>
              <td className={cell}>{count(opened)}</td>
              <td className={cell}>{count(closed)}</td>
              <Pace work={workOf.get(id)} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-xs text-muted">
        Today is since midnight UTC; medians are of the last {DAYS} days.
      </p>
      <Link href="/review-quality" className="mt-2 inline-block text-accent underline underline-offset-2">
        Review quality
      </Link>
    </div>
  );
}

type Work = inferRouterOutputs<AppRouter>["reviewQuality"]["read"]["people"][number]["work"];

function Pace({ work }: { work: Work | undefined }): ReactNode {
  const seconds = work?.seconds ?? null;
  const keys = work?.keystrokes ?? null;
  return (
    <>
      <td className={cell}>{seconds === null ? "–" : duration(seconds.median * 1000)}</td>
      <td className={cell}>{keys === null ? "–" : count(keys.median)}</td>
    </>
  );
}
