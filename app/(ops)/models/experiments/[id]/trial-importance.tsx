import type { ReactNode } from "react";
import { ValueTable } from "#app/charts/value-table.tsx";
import { percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import type { TrialDetail } from "../../types.ts";

const SHOWN = 20;

/** The features that the trial would miss most; of those that learned from all rows. */
export function TrialImportance({ trial }: { trial: TrialDetail }): ReactNode {
  const importance = trial.details?.importance ?? [];
  const [first] = importance;
  if (first === undefined) return null;
  return (
    <Card title={`${first.name} matters most`}>
      <ValueTable
        label="Importance of features"
        values={{
          columns: ["Feature", "AP lost when shuffled", "Mean contribution, log-odds", "Share of gain"],
          rows: importance
            .slice(0, SHOWN)
            .map(({ name, permutation, meanContribution, gain }) => [
              name,
              permutation?.toFixed(4) ?? "–",
              meanContribution?.toFixed(4) ?? "–",
              percent(gain),
            ]),
        }}
      />
    </Card>
  );
}
