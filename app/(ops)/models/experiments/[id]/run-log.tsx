"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";

const POLL_MS = 2_000;
const LINES = 300;

/** What scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

type RunLogProps = { id: string; isLive: boolean; trial?: number };

/** The log, newest line last and in view; of one trial where a number is given. */
export function RunLog({ id, isLive, trial }: RunLogProps): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.experiment.log.queryOptions(
      { id, trial: trial ?? null, limit: LINES },
      { refetchInterval: isLive ? POLL_MS : false },
    ),
  );
  const lines = query.data?.lines ?? [];
  const box = useRef<HTMLElement>(null);
  const last = lines.at(-1)?.id;
  useEffect(() => {
    if (last !== undefined && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  return (
    <Card title="Log" padded={false}>
      <section
        ref={box}
        {...reachable}
        aria-label="Log"
        className="max-h-72 overflow-auto px-4 pb-3 font-mono text-xs"
      >
        {lines.length === 0 && <p className="py-2 text-muted">{emptyWords(query.isPending, isLive)}</p>}
        {query.data?.before != null && <p className="py-1 text-faint">Earlier lines are left out.</p>}
        {lines.map((line) => (
          <p key={line.id} className="flex gap-3 py-0.5">
            <time dateTime={line.at} className="shrink-0 text-faint">
              {line.at.slice(11, 19)}
            </time>
            <span className="w-16 shrink-0 text-muted">
              {line.trial === null ? "" : `trial ${line.trial}`}
            </span>
            <span className="min-w-0 break-words">{line.text}</span>
          </p>
        ))}
      </section>
    </Card>
  );
}

function emptyWords(isPending: boolean, isLive: boolean): string {
  if (isPending) return "The log is being read.";
  return isLive ? "Nothing was said yet." : "Nothing was said.";
}
