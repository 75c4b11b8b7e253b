"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { boundedShort } from "./queue-reading.ts";

const REFRESH_MS = 8_000;
/** As many as there are digits to go to them. */
const WITH_KEY = 9;

type QueueTabsProps = { queue: string | null; onQueue: (id: string | null) => void };

/** The queues with what lies in them: open cases, those past their promise, those due within the hour. */
export function QueueTabs({ queue, onQueue }: QueueTabsProps): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.queue.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const queues = data?.queues ?? [];
  const limit = data?.limit ?? 0;
  useShortcuts("Queues", [
    { keys: "0", label: "All queues", run: () => onQueue(null) },
    ...queues
      .slice(0, WITH_KEY)
      .map(({ id, name }, place) => ({ keys: String(place + 1), label: name, run: () => onQueue(id) })),
  ]);
  return (
    <nav aria-label="Queues" className="relative -mb-px flex min-w-0 flex-1 overflow-x-auto">
      <Tab name="All queues" isOn={queue === null} onClick={() => onQueue(null)} />
      {queues.map(({ id, name, description, slaMinutes, work }) => (
        <Tab
          key={id}
          name={name}
          title={[description, slaMinutes === null ? "" : `Promised within ${minutes(slaMinutes)}.`].join(
            " ",
          )}
          isOn={queue === id}
          onClick={() => onQueue(id)}
        >
          <span className="text-muted">{boundedShort(work.open, limit)}</span>
          {work.overdue > 0 && (
            <span className="rounded bg-decline-soft px-1 text-decline" title="Past the promised time">
              <span aria-hidden="true">▲ </span>
              {boundedShort(work.overdue, limit)}
              <span className="sr-only"> late</span>
            </span>
          )}
          {work.dueSoon > 0 && (
            <span className="rounded bg-review-soft px-1 text-review" title="Due within the hour">
              <span aria-hidden="true">◐ </span>
              {boundedShort(work.dueSoon, limit)}
              <span className="sr-only"> due within the hour</span>
            </span>
          )}
        </Tab>
      ))}
    </nav>
  );
}

type TabProps = { name: string; title?: string; isOn: boolean; onClick: () => void; children?: ReactNode };

/** Stable, so that it is called when the tab is chosen and not with every render. */
const showTab = (tab: HTMLElement | null): void =>
  tab?.scrollIntoView({ block: "nearest", inline: "nearest" });

function Tab({ name, title, isOn, onClick, children }: TabProps): ReactNode {
  return (
    <button
      {...(isOn ? { ref: showTab } : {})}
      type="button"
      title={title}
      aria-current={isOn ? "true" : undefined}
      onClick={onClick}
      className={classNames(
        "flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2.5 text-xs whitespace-nowrap focus-visible:-outline-offset-2",
        isOn ? "border-accent text-accent" : "border-transparent hover:border-line-strong",
      )}
    >
      <span className="text-sm font-medium">{name}</span>
      {children}
    </button>
  );
}

function minutes(all: number): string {
  return all % 60 === 0 ? `${all / 60} h` : `${all} min`;
}
