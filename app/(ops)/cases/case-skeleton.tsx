import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";

/** The shape of a case before its data are here. */
export function CaseSkeleton(): ReactNode {
  return (
    <>
      <PageHeader title="Case" reading="Loading the case…" />
      <PageBody>
        <div
          role="status"
          aria-label="Loading the case"
          className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]"
        >
          <div className="space-y-4">
            <Block height="h-14" />
            <Block height="h-44" />
            <Block height="h-64" />
          </div>
          <div className="space-y-4">
            <Block height="h-28" />
            <Block height="h-56" />
          </div>
        </div>
      </PageBody>
    </>
  );
}

function Block({ height }: { height: string }): ReactNode {
  return (
    <Card>
      <Skeleton className={height} />
    </Card>
  );
}
