import type { ReactNode } from "react";
import { classNames } from "#app/ui/class-names.ts";
import type { QueueOrder, QueuePile } from "#server/domain/case.ts";

type Column = { readonly label: string; readonly width: string; readonly order?: QueueOrder };

const cell = "h-9 px-3 text-xs font-medium whitespace-nowrap text-muted";

type QueueHeadProps = {
  pile: QueuePile;
  order: QueueOrder;
  onOrder: (order: QueueOrder) => void;
  canSelect: boolean;
};

/** Column names; those that the queue can be ordered by are buttons. */
export function QueueHead({ pile, order, onOrder, canSelect }: QueueHeadProps): ReactNode {
  const isClosed = pile === "closed";
  const columns: Column[] = [
    { label: "Expected loss", width: "w-28 text-right", order: "expected_loss" },
    { label: "Amount", width: "w-28 text-right", order: "amount" },
    { label: "Score", width: "w-32 text-left", order: "score" },
    { label: "Why", width: "text-left" },
    isClosed
      ? { label: "Closed", width: "w-24 text-right" }
      : pile === "snoozed"
        ? { label: "Returns", width: "w-24 text-right" }
        : { label: "Age", width: "w-24 text-right", order: "age" },
    isClosed ? { label: "", width: "w-4" } : { label: "Due", width: "w-32 text-left", order: "due" },
    { label: isClosed ? "Verdict" : "Who has it", width: "w-32 text-left" },
  ];
  return (
    <thead className="bg-surface max-md:hidden md:sticky md:top-[61px] md:z-10 md:shadow-[inset_0_-1px_var(--line)]">
      <tr aria-rowindex={1}>
        {canSelect && (
          <th scope="col" className="w-9 pl-3">
            <span className="sr-only">Selected</span>
          </th>
        )}
        {columns.map(({ label, width, order: by }) => {
          const isOrder = !isClosed && by !== undefined && by === order;
          return (
            <th
              key={label}
              scope="col"
              className={`${cell} ${width}`}
              {...(isOrder ? { "aria-sort": by === "due" || by === "age" ? "ascending" : "descending" } : {})}
            >
              {by === undefined || isClosed ? (
                label
              ) : (
                <button
                  type="button"
                  onClick={() => onOrder(by)}
                  className={classNames("font-medium hover:text-ink", isOrder && "text-accent")}
                >
                  {label}
                  {isOrder && <span aria-hidden="true"> {by === "due" || by === "age" ? "↑" : "↓"}</span>}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
