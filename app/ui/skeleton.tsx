import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A grey block in the size of what is coming. */
export function Skeleton({ className }: { className?: string }): ReactNode {
  return (
    <span
      data-skeleton
      aria-hidden="true"
      className={classNames("block animate-pulse rounded bg-sunken", className)}
    />
  );
}

/** Rows in the height of a table's. */
export function SkeletonRows({ rows = 10 }: { rows?: number }): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-9 items-center gap-4 px-3">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
