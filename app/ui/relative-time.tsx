"use client";
import type { ReactNode } from "react";
import { clock, day, instant, relative } from "#app/format/time.ts";
import { useNow } from "./now.tsx";

/** "5 min ago", with the exact instant in UTC on hover. The server, which has no "now" to agree on, gives the date. */
export function RelativeTime({ time }: { time: string }): ReactNode {
  const now = useNow();
  return (
    <time dateTime={time} title={instant(time)} className="whitespace-nowrap">
      {now === null ? `${day(time)} ${clock(time)}` : relative(time, now)}
    </time>
  );
}
