import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";

const figures = ["payments", "outcomes", "waiting", "fraud", "saved", "champion"];
const charts = ["pace", "approved", "stopped"];

export function OverviewSkeleton(): ReactNode {
  return (
    <>
      <PageHeader title="Overview" reading={<Skeleton className="h-4 w-96 max-w-full" />} />
      <PageBody>
        <Card padded={false}>
          <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg bg-line *:h-24 *:bg-surface *:p-4 md:grid-cols-3 xl:grid-cols-6">
            {figures.map((figure) => (
              <div key={figure} className="space-y-2">
                <Skeleton className="h-3 w-24" />
                <Skeleton className="h-5 w-16" />
                <Skeleton className="h-3 w-28" />
              </div>
            ))}
          </div>
        </Card>
        <div className="grid gap-4 xl:grid-cols-3">
          {charts.map((chart) => (
            <Card key={chart}>
              <Skeleton className="h-60" />
            </Card>
          ))}
        </div>
      </PageBody>
    </>
  );
}
