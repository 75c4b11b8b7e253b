"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Agreement, VersionDetail } from "../types.ts";
import { DisagreedPairs } from "./disagreed-pairs.tsx";
import { DisagreementTable } from "./disagreement-table.tsx";
import { ReviewedShare } from "./reviewed-share.tsx";

const PAGE = 25;

/** Payments on which this version and the champion disagree: how many of which kind, and the dearest first. */
export function Disagreements({ version }: { version: VersionDetail }): ReactNode {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.canary.agreement.queryOptions({ versionId: version.id }));
  if (data === undefined || data.decisions === 0) return null; // the card on shadow says so
  return (
    <Card title="Where it disagrees with the champion" padded={false}>
      <div className="space-y-3">
        <div className="px-4">
          <ReviewedShare />
        </div>
        {data.disagreed.length === 0 ? (
          <p className="px-4 pb-4 text-muted">
            On none of {count(data.compared)} payments that both scored would the policy decide otherwise.
          </p>
        ) : (
          <Disagreed version={version} agreement={data} />
        )}
      </div>
    </Card>
  );
}

function Disagreed({ version, agreement }: { version: VersionDetail; agreement: Agreement }): ReactNode {
  const [{ currency: asked }, setParams] = useQueryStates(
    { currency: parseAsString },
    { history: "replace" },
  );
  const { currencies, disagreed } = agreement;
  const currency = currencies.find((one) => one === asked) ?? currencies[0] ?? "EUR";
  return (
    <>
      {currencies.length > 1 && (
        <div className="px-4">
          <Select
            label="Currency"
            className="max-w-32"
            value={currency}
            options={currencies.map((one) => ({ value: one, label: one }))}
            onValueChange={(next) => void setParams({ currency: next })}
          />
        </div>
      )}
      <DisagreedPairs
        pairs={disagreed.filter((pair) => pair.currency === currency)}
        compared={agreement.compared}
        number={version.number}
      />
      <Payments version={version} currency={currency} />
    </>
  );
}

function Payments({ version, currency }: { version: VersionDetail; currency: string }): ReactNode {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.canary.disagreements.infiniteQueryOptions(
      { versionId: version.id, currency, limit: PAGE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  if (list.isPending) return <SkeletonRows rows={5} />;
  if (list.isError) return <ErrorState message={list.error.message} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.rows);
  return (
    <>
      <DisagreementTable rows={rows} currency={currency} number={version.number} />
      {list.hasNextPage && (
        <div className="px-4 pb-4">
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
