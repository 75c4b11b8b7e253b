import type { inferRouterOutputs } from "@trpc/server";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { differences, readable } from "./differences.ts";

type AuditRow = inferRouterOutputs<AppRouter>["audit"]["list"]["rows"][number];

const kindBadge = { user: null, api_key: "API key", job: "Job", system: "System" } as const;

/** One change: who, what, on what, when, and what it made of it. */
export function AuditLine({ row }: { row: AuditRow }): ReactNode {
  const changes = differences(row.before, row.after);
  const kind = kindBadge[row.actorKind];
  return (
    <li className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0 max-md:grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[5.5rem_9rem_9rem_10rem_minmax(0,1fr)]">
      <span className="text-muted max-md:order-2 max-md:text-right">
        <RelativeTime time={row.at} />
      </span>
      <span className="flex items-start gap-1.5 truncate max-md:order-1">
        {row.actorName} {kind !== null && <Badge>{kind}</Badge>}
      </span>
      <span className="font-medium max-md:order-3">{row.action}</span>
      <Subject row={row} />
      <span className="min-w-0 max-md:order-5 max-md:col-span-2">
        {changes.map((change) => (
          <span key={change.name} className="mr-3 inline-block max-w-full break-words">
            <span className="text-muted">{change.name} </span>
            {change.before !== null && (
              <del className="text-muted">
                <span className="sr-only">was </span>
                {readable(change.before)}
              </del>
            )}
            {change.before !== null && change.after !== null && " → "}
            {change.after !== null && <ins className="no-underline">{readable(change.after)}</ins>}
          </span>
        ))}
      </span>
    </li>
  );
}

function Subject({ row }: { row: AuditRow }): ReactNode {
  const text = `${row.subjectType} ${readable(row.subjectId)}`;
  const href = addressOf(row.subjectType, row.subjectId);
  return href === null ? (
    <span className="truncate max-md:order-4" title={row.subjectId}>
      {text}
    </span>
  ) : (
    <Link href={href} title={row.subjectId} className="truncate text-accent hover:underline max-md:order-4">
      {text}
    </Link>
  );
}

function addressOf(type: string, id: string): string | null {
  if (type === "case") return `/cases/${id}`;
  return type === "transaction" ? `/transactions?q=${encodeURIComponent(id)}` : null;
}
