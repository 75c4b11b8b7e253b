"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { z } from "zod";
import { score } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Model } from "../models/types.ts";
import { BeforeAfter } from "./before-after.tsx";
import { type AskedProps, Unreadable } from "./change-asked.tsx";

const Payload = z.looseObject({ versionId: z.string() });

/** A model version beside the champion. */
export function ChampionAsked({ approval }: AskedProps): ReactNode {
  const trpc = useTRPC();
  const versionId = Payload.safeParse(approval.payload).data?.versionId;
  const { data, error, refetch } = useQuery(trpc.model.list.queryOptions());
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const asked = data.find(({ id }) => id === versionId);
  if (asked === undefined) return <Unreadable />;
  const champion = data.find(({ status }) => status === "champion");
  const rows = [
    { name: "Champion", before: nameOf(champion), after: nameOf(asked) },
    {
      name: "Average precision",
      before: score(champion?.averagePrecision ?? null),
      after: score(asked.averagePrecision),
    },
    { name: "ROC AUC", before: score(champion?.rocAuc ?? null), after: score(asked.rocAuc) },
  ];
  return (
    <div className="space-y-2">
      <BeforeAfter rows={rows} answered={approval.status !== "pending"} />
      <p className="text-muted">
        Each on the test days of its own training.{" "}
        <Link href={`/models/${asked.number}`} className="text-accent hover:underline">
          Version {asked.number}
        </Link>{" "}
        tells more.
      </p>
    </div>
  );
}

function nameOf(model: Model | undefined): string | null {
  return model === undefined ? null : `version ${model.number}, ${model.family.replaceAll("_", " ")}`;
}
