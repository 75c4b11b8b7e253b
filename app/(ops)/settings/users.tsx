"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { User } from "./types.ts";

const column = columnsOf<User>();
const columns = column.columns([
  column.accessor("name", { header: "Name" }),
  column.accessor("email", { header: "E-mail" }),
  column.accessor("role", { header: "Role", cell: (cell) => cell.getValue().replace("_", " ") }),
  column.accessor("createdAt", {
    header: "Since",
    meta: { from: "md" },
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
  column.accessor("disabledAt", {
    header: "State",
    meta: { align: "end" },
    cell: (cell) => (cell.getValue() === null ? null : <Badge>Disabled</Badge>),
  }),
]);

/** Who can sign in. */
export function Users(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.user.list.queryOptions());
  const active = (data ?? []).filter((user) => user.disabledAt === null).length;
  return (
    <Card padded={false} title={data === undefined ? "Users" : `${plural(active, "user")} can sign in`}>
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={3} />}
      {data !== undefined && (
        <DataTable caption="Users" columns={columns} rows={[...data]} rowKey={(user) => user.id} />
      )}
      <p className="px-4 py-3 text-xs text-muted">
        Made with <code>npm run user -- create EMAIL --role ROLE</code>.
      </p>
    </Card>
  );
}
