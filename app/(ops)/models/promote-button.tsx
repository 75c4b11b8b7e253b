"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import { gateReading } from "./gate-words.ts";
import { championOf, comparisonReading, promotionEffect } from "./reading.ts";
import { ReasonField } from "./reason-field.tsx";
import type { Model, Report } from "./types.ts";
import { familyWords } from "./words.ts";

type PromoteButtonProps = { model: Model; report: Report | null; models: readonly Model[] };

/** Asks before it promotes, with what the change would do in numbers. */
export function PromoteButton({ model, report, models }: PromoteButtonProps): ReactNode {
  const canPromote = useCan("model:promote");
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const promote = useChange(() => setOpen(false), `Version ${model.number} decides now`);
  const champion = championOf(models);
  const gate = report?.gate ?? null;
  const against = gate !== null && !gate.promote && gate.championId === champion?.id ? gate : null;
  return (
    <>
      <Button
        look={against === null ? "primary" : "secondary"}
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
              {readingsOf(model.number, report).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {against !== null && <ReasonField against={against.because} value={reason} onChange={setReason} />}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep things as they are</Button>
            <Button
              look="primary"
              disabled={promote.isPending || (against !== null && reason.trim() === "")}
              onClick={() => promote.promote({ versionId: model.id, ...(reason.trim() ? { reason } : {}) })}
            >
              Promote version {model.number}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function readingsOf(number: number, report: Report): string[] {
  const { gate } = report;
  const lines = [comparisonReading(number, report), ...promotionEffect(number, report)];
  return gate == null ? lines : [gateReading(number, gate), ...lines];
}

type Promotion = { versionId: string; reason?: string };

/** Promotion with its aftermath: lists read again, a word to the user. */
function useChange(
  onDone: () => void,
  words: string,
): { promote: (promotion: Promotion) => void; isPending: boolean } {
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
  return { promote: (promotion) => mutation.mutate(promotion), isPending: mutation.isPending };
}
