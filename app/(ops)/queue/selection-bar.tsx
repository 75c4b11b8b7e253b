"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { money } from "#app/format/money.ts";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import type { CaseRow } from "../cases/words.ts";

type SelectionBarProps = { rows: readonly CaseRow[]; selected: ReadonlySet<string>; onClear: () => void };

/** What is selected, what it is worth, and what can be done with it. */
export function SelectionBar({ rows, selected, onClear }: SelectionBarProps): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const claim = useMutation(trpc.case.claim.mutationOptions());
  const chosen = rows.filter((row) => selected.has(row.id));
  if (chosen.length === 0) return null;

  const claimAll = async (): Promise<void> => {
    const results = await Promise.allSettled(chosen.map((row) => claim.mutateAsync({ caseId: row.id })));
    const refused = results.flatMap((result) =>
      result.status === "rejected" ? [String(result.reason.message)] : [],
    );
    const taken = results.length - refused.length;
    toast(`${plural(taken, "case is", "cases are")} yours for 30 minutes.`, {
      description: refused.slice(0, 3).join(" "),
    });
    onClear();
    await queries.invalidateQueries(trpc.case.pathFilter());
  };

  return (
    <div
      role="status"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2 shadow-float max-md:bottom-16"
    >
      <span>
        <strong className="font-semibold">{plural(chosen.length, "case")}</strong> selected, {worth(chosen)}{" "}
        expected loss
      </span>
      <Button look="primary" size="small" onClick={() => void claimAll()} disabled={claim.isPending}>
        Take them
      </Button>
      <Button look="quiet" size="small" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

function worth(rows: readonly CaseRow[]): string {
  const sums = new Map<string, number>();
  for (const row of rows)
    sums.set(row.currency, (sums.get(row.currency) ?? 0) + (row.expectedLossMinor ?? 0));
  return [...sums].map(([currency, minor]) => money(minor, currency)).join(" and ");
}
