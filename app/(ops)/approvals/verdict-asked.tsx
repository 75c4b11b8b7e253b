"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { z } from "zod";
import { money } from "#app/format/money.ts";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { Disposition } from "#server/domain/case.ts";
import { dispositionLook } from "../cases/words.ts";
import { BeforeAfter, type Changed } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";

const Verdict = z.looseObject({
  caseId: z.string(),
  disposition: Disposition,
  reason: z.string().nullish(),
  alsoTransactionIds: z.array(z.string()).nullish(),
});

/** A verdict, with the case that it would close. */
export function VerdictAsked({ approval }: AskedProps): ReactNode {
  const trpc = useTRPC();
  const verdict = Verdict.safeParse(approval.payload).data;
  const { data, error, refetch } = useQuery({
    ...trpc.case.byId.queryOptions({ caseId: verdict?.caseId ?? "" }),
    enabled: verdict !== undefined,
  });
  if (verdict === undefined) return <Unreadable />;
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const { word } = dispositionLook[verdict.disposition];
  const also = verdict.alsoTransactionIds?.length ?? 0;
  const rows: Changed[] = [
    {
      name: "Verdict",
      before: data.disposition === null ? "open" : dispositionLook[data.disposition].word,
      after: word,
    },
    { name: "Reason", before: null, after: verdict.reason ?? null },
  ];
  if (also > 0) rows.push({ name: "Also for", before: null, after: plural(also, "linked payment") });
  return (
    <div className="space-y-2">
      <p>
        <Link href={`/cases/${data.id}`} className="text-accent hover:underline">
          Case #{data.number}
        </Link>
        : {money(data.amountMinor, data.currency)} of {data.customerId} at {data.merchantId}.
      </p>
      <BeforeAfter rows={rows} answered={approval.status !== "pending"} />
    </div>
  );
}
