"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { Button, buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import type { WindowParams } from "./search-params.ts";
import type { RowCounts, WindowView } from "./types.ts";

/** No payment was ever scored: what will be here, and how to make it. */
export function NothingScored({ what }: { what: string }): ReactNode {
  return (
    <Card>
      <EmptyState
        title="No payment has been scored yet"
        icon="chart"
        action={
          <Link href="/models" className={buttonLook("secondary")}>
            Look at the models
          </Link>
        }
      >
        Once payments come in through the scoring API (or history is imported and a model is promoted) and
        their labels arrive, this page shows {what} on payments whose truth is known.
      </EmptyState>
    </Card>
  );
}

type NotEnoughDataProps = {
  counts: RowCounts;
  needed: number;
  window: WindowView;
  onChange: (change: Partial<WindowParams>) => void;
};

/** Too few labelled frauds to say anything: how many there are, why, and what may help. */
export function NotEnoughData({ counts, needed, window, onChange }: NotEnoughDataProps): ReactNode {
  return (
    <Card>
      <EmptyState
        title={`Not enough data yet: ${count(counts.fraud)} of ${needed} labelled frauds`}
        icon="performance"
        action={
          <div className="flex flex-wrap justify-center gap-2 pt-1">
            {window.basis === "mature" && counts.waiting > 0 && (
              <Button onClick={() => onChange({ basis: "labelled" })}>Count all labels so far</Button>
            )}
            <Button onClick={() => onChange({ window: "90", from: null, to: null })}>
              Look at the last 90 days
            </Button>
            {window.versionId !== null && (
              <Button onClick={() => onChange({ version: "all" })}>Show all versions</Button>
            )}
          </div>
        }
      >
        Under {needed} labelled frauds, precision and recall would be little more than chance. Labels come
        from verdicts on cases, chargebacks and reports; a payment counts as legitimate once it is{" "}
        {window.maturityDays} days old without a dispute.
      </EmptyState>
    </Card>
  );
}
