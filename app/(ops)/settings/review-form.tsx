"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Input } from "#app/ui/field.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { dispositions } from "#server/domain/case-words.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";
import { dispositionLook } from "../cases/words.ts";
import { Choices } from "./choices.tsx";
import { FourEyesFields } from "./four-eyes-fields.tsx";
import { draftOf, settingsOf } from "./review-draft.ts";

/** How cases are reviewed; read-only for who may not change it. */
export function ReviewForm(): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.reviewSettings.get.queryOptions());
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card padded={false}>
        <SkeletonRows rows={6} />
      </Card>
    );
  }
  return <Form key={JSON.stringify(data)} stored={data} />;
}

function Form({ stored }: { stored: ReviewSettings }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canChange = useCan("review:settings");
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [areErrorsShown, setErrorsShown] = useState(false);
  const read = settingsOf(draft);
  const errors = areErrorsShown ? (read.errors ?? {}) : {};
  const isChanged = JSON.stringify(read.settings) !== JSON.stringify(stored);
  const save = useMutation(
    trpc.reviewSettings.set.mutationOptions({
      onSuccess: (settings) => {
        queryClient.setQueryData(trpc.reviewSettings.get.queryKey(), settings);
        toast("The review settings count from now on.");
      },
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setErrorsShown(true);
    if (read.settings !== null) save.mutate({ settings: read.settings, expected: stored });
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Review settings">
      <fieldset disabled={!canChange} className="grid gap-4 lg:grid-cols-2">
        <legend className="sr-only">Review settings</legend>
        <Card title="Working on a case">
          <div className="space-y-4">
            <Input
              label="Opening a case keeps it from others for (minutes)"
              inputMode="numeric"
              value={draft.claimMinutes}
              error={errors.claimMinutes}
              onChange={(event) => setDraft({ ...draft, claimMinutes: event.target.value })}
            />
            <Choices
              legend="Verdicts that need a reason"
              choices={dispositions.map((value) => ({ value, label: dispositionLook[value].word }))}
              chosen={draft.reasonRequiredFor}
              onChange={(reasonRequiredFor) => setDraft({ ...draft, reasonRequiredFor })}
            />
            <Input
              label="Closed cases that somebody else looks at again, blind (per cent)"
              inputMode="decimal"
              hint="Drawn at random; the second person sees neither the score nor the first verdict"
              value={draft.secondReviewShare}
              error={errors.secondReviewShare}
              onChange={(event) => setDraft({ ...draft, secondReviewShare: event.target.value })}
            />
          </div>
        </Card>
        <FourEyesFields draft={draft} errors={errors} onChange={setDraft} />
      </fieldset>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={!canChange || !isChanged || save.isPending}>
          Save
        </Button>
        <Button disabled={!canChange || !isChanged} onClick={() => setDraft(draftOf(stored))}>
          Discard
        </Button>
        {!canChange && <p className="text-muted">Changing these needs the role lead or admin.</p>}
        {save.isError && (
          <p role="alert" className="text-decline">
            {save.error.message}{" "}
            <Button
              size="small"
              onClick={() => void queryClient.invalidateQueries(trpc.reviewSettings.get.queryFilter())}
            >
              Look again
            </Button>
          </p>
        )}
      </div>
    </form>
  );
}
