"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { championOf } from "../reading.ts";
import type { VersionDetail } from "../types.ts";
import { agreementReading, otherFeatures } from "./words.ts";

/** Scoring beside the champion: how far both agree, and the way to start and stop it. */
export function Shadow({ version }: { version: VersionDetail }): ReactNode {
  const trpc = useTRPC();
  const agreement = useQuery(trpc.canary.agreement.queryOptions({ versionId: version.id }));
  const { data: models = [] } = useQuery(trpc.model.list.queryOptions());
  const isRunning = version.status === "challenger";
  const champion = championOf(models);
  const obstacle = isRunning ? null : otherFeatures(version, champion);
  return (
    <Card title="In shadow">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="max-w-3xl min-w-0 flex-1 basis-64 space-y-1">
          {agreement.isError ? (
            <p>How far it agrees with the champion could not be read.</p>
          ) : agreement.data === undefined ? (
            <Skeleton className="h-4 w-80 max-w-full" />
          ) : (
            <p>{agreementReading(agreement.data, isRunning)}</p>
          )}
          {obstacle !== null && <p className="text-review">{obstacle}</p>}
        </div>
        <ShadowButton version={version} isRunning={isRunning} isRefused={obstacle !== null} />
      </div>
    </Card>
  );
}

type ShadowButtonProps = { version: VersionDetail; isRunning: boolean; isRefused: boolean };

function ShadowButton({ version, isRunning, isRefused }: ShadowButtonProps): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canChange = useCan("model:promote");
  const after = (words: string) => ({
    onSuccess: () => {
      toast(words);
      return queryClient.invalidateQueries();
    },
    onError: (error: { message: string }) => toast.error(error.message),
  });
  const start = useMutation(
    trpc.model.startShadow.mutationOptions(after(`Version ${version.number} scores in shadow now.`)),
  );
  const stop = useMutation(
    trpc.model.stopShadow.mutationOptions(after(`Version ${version.number} no longer scores in shadow.`)),
  );
  const change = isRunning ? stop : start;
  return (
    <Button
      size="small"
      disabled={!canChange || isRefused || change.isPending}
      title={canChange ? undefined : "Scoring in shadow needs the role model owner or admin"}
      onClick={() => change.mutate({ versionId: version.id })}
    >
      {isRunning ? "Stop scoring in shadow" : "Score in shadow"}
    </Button>
  );
}
