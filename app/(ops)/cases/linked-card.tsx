"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useWidth } from "#app/charts/use-width.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { LinkedGraph } from "./linked-graph.tsx";
import { LinkedTable } from "./linked-table.tsx";
import type { CaseDetail } from "./words.ts";

/** Narrower than this a picture of links is unreadable, and the table tells the same. */
const GRAPH_MIN = 500;

/** What shares a card, device, address, customer or merchant with the case, drawn or as a table. */
export function LinkedCard({
  detail,
  onApply,
}: {
  detail: CaseDetail;
  onApply: (() => void) | null;
}): ReactNode {
  const trpc = useTRPC();
  const [wantsTable, setTable] = useState(false);
  const { ref, width } = useWidth<HTMLDivElement>();
  const found = useQuery(trpc.case.linkedEntities.queryOptions({ caseId: detail.id }, { staleTime: 60_000 }));
  const isNarrow = width > 0 && width < GRAPH_MIN;
  const isTable = wantsTable || isNarrow;
  const other = wantsTable ? "View as graph" : "View as table";
  return (
    <Card
      title="Linked to this case"
      actions={
        <span className="flex items-center gap-1">
          {onApply !== null && (
            <Button look="quiet" size="small" onClick={onApply}>
              Apply a verdict to linked payments <KeyHint keys="a" />
            </Button>
          )}
          {!isNarrow && (
            <Button
              look="quiet"
              size="small"
              aria-label={other}
              title={other}
              onClick={() => setTable(!wantsTable)}
            >
              <Icon name={wantsTable ? "chart" : "table"} />
            </Button>
          )}
        </span>
      }
    >
      <div ref={ref}>
        {found.isError ? (
          <ErrorState message={found.error.message} onRetry={() => void found.refetch()} />
        ) : found.data === undefined ? (
          <SkeletonRows rows={4} />
        ) : isTable ? (
          <LinkedTable entities={found.data.entities} />
        ) : (
          <LinkedGraph detail={detail} entities={found.data.entities} width={width} />
        )}
      </div>
      <p className="pt-2 text-xs text-muted">
        Other payments of the {found.data?.days ?? 90} days before and since, the newest 1,000 at most. ▲
        known as fraud.
      </p>
    </Card>
  );
}
