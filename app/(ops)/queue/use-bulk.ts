"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { plural } from "#app/format/number.ts";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { withToast } from "#app/ui/lazy-toast.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { bulkLook } from "./bulk-action.ts";

const UNDO_MS = 60_000;

/** Does what was previewed, tells what came of it, and offers to undo it for a minute. */
export function useBulk(onChanged: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [undoable, setUndoable] = useState<string | null>(null);
  const changed = (): void => {
    onChanged();
    for (const path of [trpc.case.counts, trpc.queue.list]) void queries.invalidateQueries(path.pathFilter());
  };
  const undo = useMutation(
    trpc.case.bulkUndo.mutationOptions({
      onSuccess: ({ undone, skipped }) => {
        const stayed =
          skipped.length === 0 ? "" : `${plural(skipped.length, "case")} changed since and stayed.`;
        const said = `Undone: ${plural(undone.length, "case is", "cases are")} as before.`;
        withToast((show) => show(said, { description: stayed }));
        changed();
      },
      onError: (error) => withToast((show) => show.error(`Not undone. ${error.message}`)),
    }),
  );
  const takeBack = (bulkId: string): void => {
    setUndoable(null);
    withToast((show) => show.dismiss(bulkId));
    undo.mutate({ bulkId });
  };
  const execute = useMutation(
    trpc.case.bulkExecute.mutationOptions({
      onSuccess: (done, { action }) => {
        if (isPendingApproval(done)) {
          const said = `Nothing is changed yet: approval ${done.number} waits for a second person.`;
          withToast((show) => show(said, { description: done.because }));
          return;
        }
        const { bulkId, skipped } = done;
        const stayed =
          skipped.length === 0 ? "" : ` ${plural(skipped.length, "case")} changed meanwhile and stayed.`;
        const said = `${plural(done.changed.length, "case is", "cases are")} ${bulkLook[action.kind].past}.${stayed}`;
        withToast((show) =>
          show(said, {
            description: "Press z to undo within a minute.",
            id: bulkId,
            duration: UNDO_MS,
            action: { label: "Undo", onClick: () => takeBack(bulkId) },
          }),
        );
        setUndoable(bulkId);
        changed();
      },
      onError: (error) => withToast((show) => show.error(`Nothing was changed. ${error.message}`)),
    }),
  );
  useEffect(() => {
    if (undoable === null) return;
    const timer = setTimeout(() => setUndoable(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [undoable]);
  useShortcuts(
    "Selection",
    [{ keys: "z", label: "Undo the last change", run: () => undoable !== null && takeBack(undoable) }],
    undoable !== null,
  );
  return { execute };
}
