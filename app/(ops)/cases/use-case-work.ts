"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";
import { useCan, useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { useNow } from "#app/ui/now.tsx";
import type { CaseDetail, CaseRow } from "./words.ts";

export type CaseWork = {
  /** whether this person may give a verdict now */
  readonly isMine: boolean;
  /** another who has the case */
  readonly otherHolder: string | null;
  readonly merge: (row: CaseRow) => void;
  readonly release: () => void;
  /** for a case that nobody has any more, such as one that a lead released or whose time ran out; else null */
  readonly take: (() => void) | null;
};

/**
 * Claims a free open case when it is opened, and knows who may work on it. A page left open doesn't claim it again by
 * itself: whoever released it meant it.
 */
export function useCaseWork(detail: CaseDetail): CaseWork {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useSession();
  const canWork = useCan("case:work");
  const now = useNow();
  const key = trpc.case.byId.queryKey({ caseId: detail.id });
  const merge = (row: CaseRow): void => {
    queries.setQueryData(key, (before) => (before === undefined ? before : { ...before, ...row }));
    void queries.invalidateQueries(trpc.case.peekNext.pathFilter());
  };
  const claim = useMutation(
    trpc.case.claim.mutationOptions({
      onSuccess: merge,
      onError: () => void queries.invalidateQueries({ queryKey: key }),
    }),
  );
  const release = useMutation(
    trpc.case.release.mutationOptions({
      onSuccess: merge,
      onError: (error) => toast.error(`Not released. ${error.message}`),
    }),
  );
  const isHeld = detail.holder !== null && (now === null || Date.parse(detail.holder.until) > now.getTime());
  const isFree =
    detail.status === "open" && !isHeld && detail.snoozedUntil === null && detail.heldAt === null;
  const [isOpened, setOpened] = useState(false);
  const openIt = useEffectEvent(() => {
    setOpened(true);
    if (isFree && canWork) claim.mutate({ caseId: detail.id });
  });
  useEffect(() => openIt(), []);
  return {
    isMine: canWork && detail.status === "open" && isHeld && detail.holder?.id === me,
    otherHolder: isHeld && detail.holder?.id !== me ? (detail.holder?.name ?? null) : null,
    merge,
    release: () => release.mutate({ caseId: detail.id }),
    take:
      isFree && canWork && isOpened && !claim.isPending ? () => claim.mutate({ caseId: detail.id }) : null,
  };
}
