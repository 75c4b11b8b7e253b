"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import type { ApiKey } from "./types.ts";

const column = columnsOf<ApiKey>();
const columns = column.columns([
  column.accessor("name", { header: "Name" }),
  column.accessor("prefix", { header: "Begins with", cell: (cell) => <code>{cell.getValue()}…</code> }),
  column.accessor("scopes", {
    header: "May",
    meta: { from: "sm" },
    cell: (cell) => cell.getValue().join(", "),
  }),
  column.accessor("createdAt", {
    header: "Made",
    meta: { from: "md" },
    cell: (cell) => <RelativeTime time={cell.getValue()} />,
  }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    meta: { from: "md" },
    cell: (cell) => {
      const used = cell.getValue();
      return used === null ? <span className="text-muted">never</span> : <RelativeTime time={used} />;
    },
  }),
  column.accessor("revokedAt", {
    header: "State",
    meta: { align: "end" },
    cell: (cell) =>
      cell.getValue() === null ? <RevokeButton apiKey={cell.row.original} /> : <Badge>Revoked</Badge>,
  }),
]);

/** Keys of the systems that score payments and send labels. */
export function ApiKeys(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.apiKey.list.queryOptions());
  const [isCreating, setCreating] = useState(false);
  const active = (data ?? []).filter((key) => key.revokedAt === null).length;
  return (
    <Card
      padded={false}
      title={data === undefined ? "API keys" : `${plural(active, "API key")} in use`}
      actions={
        <Button size="small" onClick={() => setCreating(true)}>
          Create a key
        </Button>
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={3} />}
      {data?.length === 0 && (
        <EmptyState title="No key yet">
          A payment system needs one to score payments and to send labels.
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && (
        <DataTable caption="API keys" columns={columns} rows={[...data]} rowKey={(key) => key.id} />
      )}
      <CreateKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </Card>
  );
}

function RevokeButton({ apiKey }: { apiKey: ApiKey }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.apiKey.revoke.mutationOptions({
      onSuccess: () => toast(`The key ${apiKey.name} is revoked.`),
      onError: (error) => toast.error(error.message),
      onSettled: () => {
        setAsking(false);
        return queryClient.invalidateQueries(trpc.apiKey.list.queryFilter());
      },
    }),
  );
  return (
    <>
      <Button look="quiet" size="small" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Dialog open={isAsking} onOpenChange={setAsking} title={`Revoke ${apiKey.name}?`}>
        <p>Every call with this key is refused from now on. That cannot be undone; a new key can be made.</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button
            look="danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate({ keyId: apiKey.id })}
          >
            Revoke
          </Button>
        </div>
      </Dialog>
    </>
  );
}
