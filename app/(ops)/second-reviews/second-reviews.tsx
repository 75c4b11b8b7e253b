"use client";
import type { ReactNode } from "react";
import { plural } from "#app/format/number.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { dispositions } from "#server/domain/case-words.ts";
import { Announcer } from "../cases/announcer.tsx";
import { dispositionLook } from "../cases/words.ts";
import { BlindCaseView } from "./blind-case-view.tsx";
import type { Desk } from "./types.ts";
import { useSecondReview } from "./use-second-review.ts";

/** Closed cases looked at again by someone else, without the score and the first verdict. */
export function SecondReviews(): ReactNode {
  const { desk, isBusy, give, goOn } = useSecondReview();
  const current = desk.data?.current ?? null;
  useShortcuts("Second review", [
    ...dispositions.map((disposition) => ({
      keys: dispositionLook[disposition].key,
      label: dispositionLook[disposition].word,
      run: () => give(disposition),
    })),
    { keys: "]", label: current === null ? "Take the next case" : "Pass it on, take the next", run: goOn },
  ]);
  return (
    <>
      <Announcer />
      <PageHeader
        title="Second reviews"
        reading={desk.data === undefined ? null : reading(desk.data)}
        actions={
          current === null ? null : (
            <div role="toolbar" aria-label="Second verdict" className="flex flex-wrap gap-1.5">
              {dispositions.map((disposition) => {
                const { word, shape, key } = dispositionLook[disposition];
                return (
                  <Button key={disposition} disabled={isBusy} onClick={() => give(disposition)}>
                    <span aria-hidden="true">{shape}</span>
                    {word}
                    <span className="max-md:hidden">
                      <KeyHint keys={key} />
                    </span>
                  </Button>
                );
              })}
              <Button look="quiet" disabled={isBusy} onClick={goOn}>
                Pass
                <span className="max-md:hidden">
                  <KeyHint keys="]" />
                </span>
              </Button>
            </div>
          )
        }
      />
      <PageBody>
        {desk.isPending ? (
          <Loading />
        ) : desk.isError ? (
          <Card>
            <ErrorState message={desk.error.message} onRetry={() => void desk.refetch()} />
          </Card>
        ) : current !== null ? (
          <BlindCaseView key={current.id} blind={current} />
        ) : (
          <Card>
            <Waiting waiting={desk.data.waiting} isBusy={isBusy} onTake={goOn} />
          </Card>
        )}
      </PageBody>
    </>
  );
}

function reading({ current, waiting }: Desk): string {
  const others = waiting >= 1_000 ? "1,000 or more cases" : plural(waiting, "case");
  const wait = waiting === 1 ? "waits" : "wait";
  if (current === null) return `${others} ${wait} for your second look`;
  return `Decide from what the payment shows: no score, no first verdict. ${others} more ${wait}`;
}

type WaitingProps = { waiting: number; isBusy: boolean; onTake: () => void };

function Waiting({ waiting, isBusy, onTake }: WaitingProps): ReactNode {
  if (waiting === 0) {
    return (
      <EmptyState title="No case waits for your second look" icon="check">
        A share of the cases that others close is drawn and shows here, without their score and verdict. Cases
        on which you gave a verdict never do.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`${plural(waiting, "case")} to look at again`}
      action={
        <Button look="primary" disabled={isBusy} onClick={onTake}>
          Take the next case
          <KeyHint keys="]" />
        </Button>
      }
    >
      You see the payment and the history around it, not the score and not what was decided. Your verdict is
      kept beside the first; nothing else changes unless the two differ.
    </EmptyState>
  );
}

function Loading(): ReactNode {
  return (
    <>
      <Skeleton className="h-24" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </>
  );
}
