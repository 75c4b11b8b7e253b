"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button, buttonLook } from "#app/ui/button.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Dossier } from "./dossier.tsx";

/** A case on paper, or as PDF by the browser's print dialog. */
export function PrintCase({ caseId }: { caseId: string }): ReactNode {
  const trpc = useTRPC();
  const exporting = useMutation(trpc.case.export.mutationOptions());
  const isAsked = useRef(false);
  const fetchOnce = useEffectEvent(() => {
    if (isAsked.current) return;
    isAsked.current = true; // one visit is one export, however often React runs the effect
    exporting.mutate({ caseId, format: "print" });
  });
  useEffect(() => fetchOnce(), []);
  const { data, error } = exporting;
  return (
    <article className="dossier mx-auto max-w-[210mm] p-4 md:my-6 md:border md:border-line md:p-[14mm]">
      <div className="on-screen flex justify-end gap-2 pb-4">
        <Link href={`/cases/${caseId}`} className={buttonLook("secondary")}>
          Back to the case
        </Link>
        <Button look="primary" disabled={data === undefined} onClick={() => window.print()}>
          Print or save as PDF
        </Button>
      </div>
      {error !== null ? (
        <ErrorState message={error.message} onRetry={() => exporting.mutate({ caseId, format: "print" })} />
      ) : data === undefined ? (
        <SkeletonRows rows={12} />
      ) : (
        <Dossier exported={data} />
      )}
    </article>
  );
}
