"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { classNames } from "#app/ui/class-names.ts";

const REFRESH_MS = 60_000;
const SHOWN_UP_TO = 99;

/** How many changes wait for this person's answer; nothing where none does. */
export function ApprovalsBadge({ isCollapsed }: { isCollapsed: boolean }): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.approval.toAnswer.queryOptions(), refetchInterval: REFRESH_MS });
  if (data === undefined || data.count === 0) return null;
  return (
    <span
      className={classNames(
        "rounded bg-accent px-1.5 text-xs font-medium text-on-accent",
        isCollapsed ? "absolute top-0 right-0" : "ml-auto",
      )}
    >
      {data.count > SHOWN_UP_TO ? `${SHOWN_UP_TO}+` : data.count}
      <span className="sr-only"> wait for you</span>
    </span>
  );
}
