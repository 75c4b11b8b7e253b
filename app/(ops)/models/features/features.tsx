"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton, SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import type { FeatureSetView } from "../types.ts";
import { FeatureDrawer } from "./feature-drawer.tsx";
import { FeatureFilters } from "./feature-filters.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { type FeaturesParams, featuresParams } from "./search-params.ts";
import { SetFacts } from "./set-facts.tsx";
import { SkewPanel } from "./skew-panel.tsx";
import { featuresReading, orderedFeatures } from "./words.ts";

/** What the model is told of a payment: every feature of a set in words, and how the model sees it. */
export function FeaturesPage(): ReactNode {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(featuresParams, { history: "push" });
  const query = useQuery(
    trpc.model.featureSet.queryOptions({ version: params.set }, { staleTime: 60_000, retry: false }),
  );
  const onChange = (changes: Partial<FeaturesParams>): void => void setParams(changes);
  return (
    <>
      <PageHeader
        title="Features"
        reading={query.data === undefined ? null : featuresReading(query.data)}
        actions={
          <Link href="/models" className={buttonLook("secondary")}>
            All models
          </Link>
        }
      />
      <PageBody>
        {query.isPending ? (
          <FeaturesSkeleton />
        ) : query.isError ? (
          <CannotShow
            message={query.error.message}
            isUnknown={query.error.data?.code === "NOT_FOUND"}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Features view={query.data} params={params} onChange={onChange} />
        )}
      </PageBody>
    </>
  );
}

type FeaturesProps = {
  view: FeatureSetView;
  params: FeaturesParams;
  onChange: (changes: Partial<FeaturesParams>) => void;
};

function Features({ view, params, onChange }: FeaturesProps): ReactNode {
  const shown = orderedFeatures(view.features, params);
  const open = view.features.find(({ name }) => name === params.feature) ?? null;
  return (
    <>
      <div className="grid gap-4 xl:grid-cols-2">
        <SetFacts view={view} onSelect={(set) => onChange({ set, feature: null })} />
        <SkewPanel view={view} />
      </div>
      <FeatureFilters view={view} params={params} shown={shown.length} onChange={onChange} />
      <Card padded={false}>
        {shown.length === 0 ? (
          <EmptyState title="No feature matches" icon="search">
            Change the search or the filters above; the set has {view.features.length} features.
          </EmptyState>
        ) : (
          <FeatureTable
            features={shown}
            isGrouped={params.order === "set"}
            selected={params.feature}
            onOpen={(feature) => onChange({ feature })}
          />
        )}
      </Card>
      {open !== null && <FeatureDrawer feature={open} onClose={() => onChange({ feature: null })} />}
    </>
  );
}

type CannotShowProps = { message: string; isUnknown: boolean; onRetry: () => void };

function CannotShow({ message, isUnknown, onRetry }: CannotShowProps): ReactNode {
  if (!isUnknown) return <ErrorState message={message} onRetry={onRetry} />;
  return (
    <Card>
      <EmptyState
        title="This feature set is not known here"
        icon="models"
        action={
          <Link href="/models/features" className={buttonLook("secondary")}>
            Show the champion's features
          </Link>
        }
      >
        {message} A link may come from another installation, or from a version whose model was removed.
      </EmptyState>
    </Card>
  );
}

function FeaturesSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <div className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-36" />
        <Skeleton className="h-36" />
      </div>
      <Skeleton className="h-8" />
      <SkeletonRows rows={16} />
    </div>
  );
}
