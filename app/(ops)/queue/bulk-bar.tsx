"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { money } from "#app/format/money.ts";
import { count, plural } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { Button } from "#app/ui/button.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { LoadingDialog } from "#app/ui/loading-dialog.tsx";
import type { QueuePile } from "#server/domain/case.ts";
import type { CaseRow } from "../cases/words.ts";
import { type BulkChosen, type BulkKind, bulkKinds, bulkLook } from "./bulk-action.ts";
import type { filterOf } from "./search-params.ts";
import { useBulk } from "./use-bulk.ts";
import type { Selection } from "./use-selection.ts";
import { useTake } from "./use-take.ts";

const load = () => import("./bulk-dialog.tsx");
const BulkDialog = dynamic(() => load().then((loaded) => loaded.BulkDialog), { loading: LoadingDialog });

type BulkBarProps = {
  rows: readonly CaseRow[];
  selection: Selection;
  pile: QueuePile;
  filter: ReturnType<typeof filterOf>;
  /** how many match; null when more than are counted */
  total: number | null;
  onSelectAll: () => void;
  onClear: () => void;
  onChanged: () => void;
  /** gives the keys back to the rows when a dialog has closed */
  onLeave: () => void;
};

/** What is selected, what it is worth, and what can be done with it. */
export function BulkBar(props: BulkBarProps): ReactNode {
  const { rows, selection, pile, filter, total, onSelectAll, onClear, onChanged, onLeave } = props;
  const canBulk = useCan("case:bulk");
  const [kind, setKind] = useState<BulkKind | null>(null);
  const { execute } = useBulk(onChanged);
  const take = useTake(() => {
    onClear();
    onChanged();
  });
  const chosenRows = useMemo(
    () => (selection.ids.size === 0 ? [] : rows.filter((row) => selection.ids.has(row.id))),
    [rows, selection],
  );
  const isOn = selection.isAll || chosenRows.length > 0;
  useEffect(() => {
    if (isOn && canBulk) void load();
  }, [isOn, canBulk]);
  const canTake = pile === "open" && !selection.isAll;
  const close = (): void => {
    setKind(null);
    onLeave();
  };
  const takeThem = (): void => take.mutate({ caseIds: chosenRows.map((row) => row.id), userId: take.me });
  const kinds = canBulk ? bulkKinds(pile) : [];
  useShortcuts(
    "Selection",
    [
      ...(canTake ? [{ keys: "t", label: "Take them", run: takeThem }] : []),
      ...kinds.map((each) => ({
        keys: bulkLook[each].key,
        label: `${bulkLook[each].verb}…`,
        run: () => setKind(each),
      })),
      { keys: "Escape", label: "Clear the selection", run: onClear },
    ],
    isOn,
  );
  useShortcuts(
    "Rows",
    [{ keys: "A", label: "Select all that match", run: onSelectAll }],
    canBulk && rows.length > 0,
  );
  const chosen: BulkChosen = selection.isAll
    ? { filter }
    : { caseIds: chosenRows.map((row) => row.id).slice(0, 1000) };
  return (
    <>
      {isOn && (
        <div
          role="status"
          className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2 shadow-float max-md:bottom-16"
        >
          <span>
            <strong className="font-semibold">
              {selection.isAll
                ? total === null
                  ? "All that match"
                  : `All ${count(total)} that match`
                : plural(chosenRows.length, "case")}
            </strong>
            {selection.isAll ? " are selected" : ` selected, ${worth(chosenRows)}`}
          </span>
          {canTake && (
            <Button size="small" look={canBulk ? "secondary" : "primary"} onClick={takeThem}>
              Take them <KeyHint keys="t" />
            </Button>
          )}
          {kinds.map((each) => (
            <Button key={each} size="small" onClick={() => setKind(each)}>
              {bulkLook[each].verb}… <KeyHint keys={bulkLook[each].key} />
            </Button>
          ))}
          {canBulk && !selection.isAll && (
            <Button size="small" look="quiet" onClick={onSelectAll}>
              All that match <KeyHint keys="A" />
            </Button>
          )}
          <Button look="quiet" size="small" onClick={onClear} aria-label="Clear the selection">
            <Icon name="close" size={12} />
          </Button>
        </div>
      )}
      {kind !== null && (
        <BulkDialog
          kind={kind}
          chosen={chosen}
          onClose={close}
          onConfirm={(input) => {
            execute.mutate(input);
            onClear();
            close();
          }}
        />
      )}
    </>
  );
}

function worth(rows: readonly CaseRow[]): string {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.amountMinor);
  return [...sums].map(([currency, minor]) => money(minor, currency)).join(" and ");
}
