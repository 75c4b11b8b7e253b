"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { championBefore, championOf } from "./reading.ts";
import type { Model } from "./types.ts";
import { capitalised, familyWords, withInterval } from "./words.ts";

/** Brings the champion before this one back, after showing both. Hidden where there is none to go back to. */
export function RollbackButton({ models }: { models: readonly Model[] }): ReactNode {
  const canPromote = useCan("model:promote");
  const [isOpen, setOpen] = useState(false);
  const [champion, previous] = [championOf(models), championBefore(models)];
  if (champion === null || previous === null) return null;
  return (
    <>
      <Button
        disabled={!canPromote}
        title={canPromote ? undefined : "Rolling back needs the role model owner or admin"}
        onClick={() => setOpen(true)}
      >
        Roll back…
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Roll back to version ${previous.number}?`}>
        <div className="space-y-3">
          <p>
            Version {champion.number} retires, and version {previous.number} scores every payment within
            seconds. Decisions already made stay as they are.
          </p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {[champion, previous].map((model) => (
              <VersionLine key={model.id} model={model} />
            ))}
          </dl>
          <p className="text-xs text-muted">
            Average precision, each on the test days of its own training: a guide, not a comparison.
          </p>
          <RollbackActions previous={previous} onDone={() => setOpen(false)} />
        </div>
      </Dialog>
    </>
  );
}

function VersionLine({ model }: { model: Model }): ReactNode {
  return (
    <>
      <dt className="text-muted">
        Version {model.number}, {capitalised(familyWords(model.family))}
      </dt>
      <dd className="text-right font-medium">
        {withInterval(model.averagePrecision, model.averagePrecisionInterval)}
      </dd>
    </>
  );
}

function RollbackActions({ previous, onDone }: { previous: Model; onDone: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const rollback = useMutation(
    trpc.model.rollback.mutationOptions({
      onSuccess: async (model) => {
        toast(`Version ${model.number} decides again`);
        onDone();
        await queryClient.invalidateQueries();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onDone}>Keep things as they are</Button>
      <Button look="danger" disabled={rollback.isPending} onClick={() => rollback.mutate()}>
        Roll back to version {previous.number}
      </Button>
    </div>
  );
}
