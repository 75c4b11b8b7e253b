"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { money, moneyShort } from "#app/format/money.ts";
import { count, percent } from "#app/format/number.ts";
import { clock } from "#app/format/time.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { AtStake } from "./at-stake.tsx";
import { Fortnight } from "./fortnight.tsx";
import { OverviewSkeleton } from "./overview-skeleton.tsx";
import { Pace } from "./pace.tsx";
import { summarise } from "./summary.ts";
import { TodayFigures } from "./today-figures.tsx";
import type { Overview } from "./types.ts";

const POLL_MS = 4_000;

/** What is going on, asked for again every few seconds while the page is in view. */
export function OverviewClient(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery({
    ...trpc.overview.now.queryOptions(),
    refetchInterval: POLL_MS,
  });
  if (data === undefined) {
    if (error === null) return <OverviewSkeleton />;
    return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageHeader title="Overview" reading={<Reading overview={data} isStale={error !== null} />} />
      <PageBody>
        <TodayFigures overview={data} />
        <div className="grid gap-4 xl:grid-cols-3">
          <Pace perMinute={data.perMinute} />
          <Fortnight byDay={data.byDay} at={data.at} />
        </div>
        <AtStake />
      </PageBody>
    </>
  );
}

function Reading({ overview, isStale }: { overview: Overview; isStale: boolean }): ReactNode {
  const { payments, byOutcome, amounts } = summarise(overview);
  const asOf = `As of ${clock(overview.at)} UTC`;
  if (isStale) return `${asOf}; newer figures can't be had just now.`;
  if (payments === 0) return `No payment today yet. ${asOf}.`;
  const [main] = amounts;
  const share = (part: number): string => percent(part / payments);
  return (
    <>
      <strong className="font-semibold text-ink">{count(payments)} payments today</strong>
      {main !== undefined && (
        <>
          {" "}
          (
          <span title={money(main.amountMinor, main.currency)}>
            {moneyShort(main.amountMinor, main.currency)}
          </span>
          {amounts.length > 1 && " and other currencies"})
        </>
      )}
      : {share(byOutcome.approve)} approved, {share(byOutcome.review)} to review, {share(byOutcome.decline)}{" "}
      declined. {asOf}.
    </>
  );
}
