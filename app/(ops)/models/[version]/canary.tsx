"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Canary as CanaryOf, VersionDetail } from "../types.ts";
import { CanaryArms } from "./canary-arms.tsx";
import { canaryReading, endLook } from "./canary-words.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { StopCanaryDialog } from "./stop-canary-dialog.tsx";

const REFRESH_MS = 10_000;

/** A challenger that decides for some customers: how it does beside the champion, and the way to start and stop it. */
export function Canary({ version }: { version: VersionDetail }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.canary.ofVersion.queryOptions({ versionId: version.id }, { refetchInterval: REFRESH_MS }),
  );
  if (query.isPending) return <Skeleton className="h-40" />;
  if (query.isError) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  const canary = query.data;
  if (canary === null && version.status !== "challenger") return null;
  return (
    <Card title="Canary" actions={<Actions version={version} canary={canary} />}>
      <div className="space-y-3">
        <p>{canaryReading(version.number, canary)}</p>
        {canary !== null && <Story canary={canary} />}
        {canary !== null && <CanaryArms canary={canary} number={version.number} />}
      </div>
    </Card>
  );
}

function Story({ canary }: { canary: CanaryOf }): ReactNode {
  const end = canary.ended === null ? null : endLook[canary.ended];
  return (
    <div className="space-y-1 text-xs text-muted">
      <p>
        Started by {canary.startedByName} <RelativeTime time={canary.startedAt} />: “{canary.reason}”
      </p>
      {end !== null && canary.endedAt !== null && (
        <p className="flex flex-wrap items-center gap-x-2">
          <Badge tone={end.tone} shape={end.shape}>
            {end.word}
          </Badge>
          <RelativeTime time={canary.endedAt} />
          <span className={canary.ended === "broken" ? "text-decline" : undefined}>
            {canary.endedBecause}
          </span>
        </p>
      )}
    </div>
  );
}

function Actions({ version, canary }: { version: VersionDetail; canary: CanaryOf | null }): ReactNode {
  const canChange = useCan("model:promote");
  const [open, setOpen] = useState<"share" | "stop" | null>(null);
  if (version.status !== "challenger") return null;
  const running = canary?.ended === null ? canary : null;
  const title = canChange ? undefined : "A canary needs the role model owner or admin";
  const close = (): void => setOpen(null);
  return (
    <div className="flex gap-2">
      <Button size="small" disabled={!canChange} title={title} onClick={() => setOpen("share")}>
        {running === null ? "Start a canary…" : "Change the share…"}
      </Button>
      {running !== null && (
        <Button
          size="small"
          look="danger"
          disabled={!canChange}
          title={title}
          onClick={() => setOpen("stop")}
        >
          Stop…
        </Button>
      )}
      {open === "share" && <ShareDialog version={version} share={running?.share ?? null} onClose={close} />}
      {open === "stop" && <StopCanaryDialog version={version} onClose={close} />}
    </div>
  );
}
