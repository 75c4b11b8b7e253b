import Link from "next/link";
import type { ReactNode } from "react";
import { day } from "#app/format/time.ts";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import type { ChampionOfDrift } from "./types.ts";

/** What will be here, and what is missing for it. */
export function NothingWatched({ champion }: { champion: ChampionOfDrift | null }): ReactNode {
  if (champion === null) {
    const action = (
      <Link href="/models" className={buttonLook("secondary")}>
        Go to models
      </Link>
    );
    return (
      <Card>
        <EmptyState title="There is no champion to watch" icon="drift" action={action}>
          Drift is measured against what the champion learned from. Train a model and promote it; its
          reference comes with it.
        </EmptyState>
      </Card>
    );
  }
  const until = day(new Date(new Date(champion.referenceTo).getTime() - 1));
  return (
    <Card>
      <EmptyState title={`Version ${champion.number} is not watched yet`} icon="drift">
        The worker first learns what is usual from the weeks before it was trained, then compares every week
        since with them, on the bins of {champion.referenceRows.toLocaleString("en")} payments of{" "}
        {day(champion.referenceFrom)} – {until}. That takes a few minutes; a week needs 500 payments.
      </EmptyState>
    </Card>
  );
}
