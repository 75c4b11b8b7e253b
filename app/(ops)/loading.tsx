import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton, SkeletonRows } from "#app/ui/skeleton.tsx";

export default function Loading(): ReactNode {
  return (
    <>
      <PageHeader
        title={<Skeleton className="h-6 w-40" />}
        reading={<Skeleton className="mt-1 h-4 w-80 max-w-full" />}
      />
      <PageBody>
        <Card padded={false}>
          <SkeletonRows rows={14} />
        </Card>
      </PageBody>
    </>
  );
}
