"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { currencyOf, pairRows, testedRows, testedTitle } from "./models-rows.ts";
import { ModelsTable } from "./models-table.tsx";
import { pairNote, testedNote } from "./models-words.ts";
import type { TabProps } from "./tab-props.ts";
import type { Models } from "./types.ts";

/** Champion, challengers and baselines, each on the same payments as the other. */
export function ModelsTab({ input }: TabProps): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.performance.models.queryOptions(input, { staleTime: 60_000 }));
  if (query.isPending) return <Skeleton className="h-96" />;
  if (query.isError) {
    return (
      <Card>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (query.data === null) return null;
  return (
    <div className="space-y-6">
      <LiveModels view={query.data} />
      <TestedModels view={query.data} />
    </div>
  );
}

function LiveModels({ view }: { view: Models }): ReactNode {
  const { reference, live, replicates, currency } = view;
  return (
    <section aria-labelledby="live-models" className="space-y-3">
      <h2 id="live-models" className="text-sm font-semibold">
        On the window's payments, scored live
      </h2>
      {(reference === null || live.length === 0) && (
        <Card>
          <EmptyState
            title="No challenger scored in this window"
            icon="models"
            action={
              <Link href="/models" className={buttonLook("secondary")}>
                Choose a challenger
              </Link>
            }
          >
            A version that scores in shadow is compared here with the champion on the very payments that both
            scored, once their labels are known.
          </EmptyState>
        </Card>
      )}
      {reference !== null &&
        live.map((pair) =>
          pair.hidden === null ? (
            <ModelsTable
              key={pair.challenger.id}
              rows={pairRows(pair, reference)}
              note={pairNote(pair, replicates)}
              currency={currency}
              fileName={`models-live-${pair.challenger.number}`}
              of={`version ${pair.challenger.number} in shadow`}
            />
          ) : (
            <Card key={pair.challenger.id}>
              <EmptyState title={`Version ${pair.challenger.number}: not enough data yet`} icon="models">
                {pair.hidden} Under that, differences would be little more than chance.
              </EmptyState>
            </Card>
          ),
        )}
    </section>
  );
}

function TestedModels({ view }: { view: Models }): ReactNode {
  return view.tested.map((tested) => (
    <section key={tested.version.id} aria-label={testedTitle(tested)} className="space-y-3">
      <h2 className="text-sm font-semibold">
        <Link href={`/models/${tested.version.number}`} className="text-accent underline">
          {testedTitle(tested)}
        </Link>
        : its models on the same test payments
      </h2>
      <ModelsTable
        rows={testedRows(tested)}
        note={testedNote(tested)}
        currency={currencyOf(tested, view)}
        fileName={`models-test-${tested.version.number}`}
        of={testedTitle(tested)}
      />
    </section>
  ));
}
