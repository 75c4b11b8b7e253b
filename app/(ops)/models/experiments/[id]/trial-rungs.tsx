import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import type { TrialDetail } from "../../types.ts";
import { withInterval } from "../../words.ts";

type Rung = TrialDetail["rungs"][number];

/** What each rung measured on the validation days. */
export function TrialRungs({ trial }: { trial: TrialDetail }): ReactNode {
  if (trial.rungs.length === 0) return <p className="text-muted">It was not measured.</p>;
  return (
    <Card padded={false} title="On the validation days, with 95 % intervals by customer">
      <DataTable
        caption="What each rung measured"
        columns={columns}
        rows={trial.rungs}
        rowKey={({ rung }) => String(rung)}
      />
    </Card>
  );
}

const column = columnsOf<Rung>();
const figure = (key: keyof Rung["figures"], header: string) =>
  column.display({
    id: key,
    header,
    meta: { align: "end" },
    cell: ({ row: { original } }) => {
      const { value, interval } = original.figures[key];
      return withInterval(value, interval);
    },
  });

const columns = column.columns([
  column.display({
    id: "rows",
    header: "Learned from",
    cell: ({ row: { original } }) =>
      `${percent(original.share, 0)}: ${count(original.trainRows)}, ${count(original.trainFrauds)} fraud`,
  }),
  figure("average_precision", "Average precision"),
  figure("recall_at_fpr_001", "Recall at 0.1 %"),
  figure("recall_at_fpr_01", "Recall at 1 %"),
  figure("roc_auc", "ROC AUC"),
  column.display({
    id: "steps",
    header: "Steps",
    meta: { align: "end" },
    cell: ({ row: { original } }) => count(original.steps),
  }),
]);
