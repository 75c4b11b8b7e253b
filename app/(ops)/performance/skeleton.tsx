import type { ReactNode } from "react";
import { Skeleton } from "#app/ui/skeleton.tsx";

/** The page's shape while its figures are on their way. */
export function PerformanceSkeleton(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <Skeleton className="h-9 w-96 max-w-full" />
      <CurvesSkeleton />
    </div>
  );
}

/** The shape of its first tab. */
export function CurvesSkeleton(): ReactNode {
  return (
    <div className="space-y-4">
      <Skeleton className="h-24" />
      <div className="grid gap-4 lg:grid-cols-12">
        <Skeleton className="h-88 lg:col-span-5" />
        <Skeleton className="h-88 lg:col-span-4" />
        <Skeleton className="h-88 lg:col-span-3" />
      </div>
    </div>
  );
}
