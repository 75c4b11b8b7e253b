"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { buttonLook } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { TransactionDetails } from "./transaction-details.tsx";

/** A payment beside the list it was found in. */
export function TransactionDrawer({ id, onClose }: { id: string | null; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open={id !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Payment ${id ?? ""}`}
      place="side"
      wide
    >
      {id !== null && <Loaded id={id} />}
    </Dialog>
  );
}

function Loaded({ id }: { id: string }): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.transaction.detail.queryOptions(id));
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={12} />;
  return (
    <>
      <TransactionDetails transaction={data} />
      <div className="mt-4">
        <Link href={`/transactions/${encodeURIComponent(id)}`} className={buttonLook("secondary")}>
          Open as a page
        </Link>
      </div>
    </>
  );
}
