"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { CardPrecisionCard } from "./card-precision.tsx";
import { Gains } from "./gains.tsx";
import { Summary } from "./summary.tsx";
import type { TabProps } from "./tab-props.ts";
import { ThresholdPanel } from "./threshold-panel.tsx";

/** How well scores rank, and what each threshold would do. Intervals come after the curves. */
export function CurvesTab({ view, input, threshold, onThreshold }: TabProps): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.performance.bands.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 60_000 }),
  );
  const bands = query.data ?? null;
  const byThreshold = useMemo(
    () => (bands === null ? null : new Map(bands.points.map((point) => [point.threshold, point]))),
    [bands],
  );
  return (
    <div className="space-y-4">
      <Summary view={view} ranking={bands?.ranking ?? null} />
      <ThresholdPanel
        view={view}
        bands={byThreshold}
        ranking={bands?.ranking ?? null}
        threshold={threshold}
        onChange={onThreshold}
      />
      <CardPrecisionCard input={input} />
      <Gains view={view} query={query} />
    </div>
  );
}
