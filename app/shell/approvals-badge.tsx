"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { CountBadge } from "./count-badge.tsx";

const REFRESH_MS = 60_000;

/** How many changes wait for this person's answer; nothing where none does. */
export function ApprovalsBadge({ isCollapsed }: { isCollapsed: boolean }): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.approval.toAnswer.queryOptions(), refetchInterval: REFRESH_MS });
  return <CountBadge count={data?.count} says="wait for you" isCollapsed={isCollapsed} />;
}
