"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { CountBadge } from "./count-badge.tsx";

const REFRESH_MS = 30_000;

/** How many alerts nobody looks after yet; nothing where there is none. */
export function AlertsBadge({ isCollapsed }: { isCollapsed: boolean }): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.alert.count.queryOptions(), refetchInterval: REFRESH_MS });
  return <CountBadge count={data?.count} says="open" isCollapsed={isCollapsed} />;
}
