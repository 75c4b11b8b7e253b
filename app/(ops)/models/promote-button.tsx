"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { isPendingApproval } from "#server/domain/approval.ts";
import { championOf, comparisonReading, promotionEffect } from "./reading.ts";
import type { Model, Report } from "./types.ts";
import { familyWords } from "./words.ts";

type PromoteButtonProps = { model: Model; report: Report | null; models: readonly Model[] };

/** Asks before it promotes, with what the change would do in numbers. */
export function PromoteButton({ model, report, models }: PromoteButtonProps): ReactNode {
  const canPromote = useCan("model:promote");
  const [isOpen, setOpen] = useState(false);
  const promote = useChange(() => setOpen(false), `Version ${model.number} decides now`);
  const champion = championOf(models);
  const isBetter = (report?.champion?.comparison.differenceInterval?.lower ?? 1) > 0;
  return (
    <>
      <Button
        look={isBetter ? "primary" : "secondary"}
        size="small"
        disabled={!canPromote}
        title={canPromote ? undefined : "Promoting needs the role model owner or admin"}
        onClick={() => setOpen(true)}
      >
        Promote…
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Promote version ${model.number}?`}>
        <div className="space-y-3">
          <p>
            {champion === null
              ? "There is no champion yet: "
              : `Version ${champion.number} (${familyWords(champion.family)}) retires and can be brought back with a rollback. `}
            Version {model.number} ({familyWords(model.family)}) scores every payment within seconds.
          </p>
          {report !== null && (
            <ul className="list-disc space-y-1 pl-5">
              {[comparisonReading(model.number, report), ...promotionEffect(model.number, report)].map(
                (line) => (
                  <li key={line}>{line}</li>
                ),
              )}
            </ul>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep things as they are</Button>
            <Button look="primary" disabled={promote.isPending} onClick={() => promote.promote(model.id)}>
              Promote version {model.number}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

/** Promotion with its aftermath: lists read again, a word to the user. */
function useChange(onDone: () => void, words: string): { promote: (id: string) => void; isPending: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mutation = useMutation(
    trpc.model.promote.mutationOptions({
      onSuccess: async (done) => {
        if (isPendingApproval(done))
          toast(`Approval ${done.number} is asked for.`, { description: done.because });
        else toast(words);
        onDone();
        await queryClient.invalidateQueries();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
  return { promote: (versionId) => mutation.mutate({ versionId }), isPending: mutation.isPending };
}
