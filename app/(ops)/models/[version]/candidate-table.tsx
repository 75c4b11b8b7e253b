"use client";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import type { Report, VersionDetail } from "../types.ts";
import { capitalised, familyWords, imbalanceWords } from "../words.ts";
import { type Candidate, candidateState, choiceReading, foldWords } from "./words.ts";

type CandidateTableProps = { facts: VersionDetail["facts"]; report: Report | null };

/** Every configuration that was tried, how it did on validation, and what was kept. */
export function CandidateTable({ facts, report }: CandidateTableProps): ReactNode {
  const { candidates } = facts;
  const hasFolds = candidates.some(({ foldAveragePrecision }) => foldAveragePrecision.length > 1);
  return (
    <Card padded={candidates.length === 0} title="What was tried and chosen">
      {candidates.length === 0 ? (
        <p className="text-muted">
          {report === null
            ? "What this version was chosen from is not known."
            : "This version was trained before the configurations tried were kept with it. The families above were compared by average precision on the validation days."}
        </p>
      ) : (
        <>
          <p className="px-4 pb-2 text-xs text-muted">{choiceReading(facts)}</p>
          <DataTable
            caption="Configurations tried"
            columns={hasFolds ? columns : columns.filter(({ id }) => id !== "folds")}
            rows={[...candidates]}
            rowKey={({ family, variant, imbalance }) => `${family} ${variant} ${imbalance}`}
          />
        </>
      )}
    </Card>
  );
}

const column = columnsOf<Candidate>();

const columns = column.columns([
  column.accessor("family", {
    header: "Family, configuration",
    cell: ({ row: { original } }) => (
      <span className="block py-1 leading-4">
        <span className="font-medium">{capitalised(familyWords(original.family))}</span>
        <span className="block text-xs text-muted">{original.variant}</span>
      </span>
    ),
  }),
  column.accessor("imbalance", {
    header: "Rare frauds",
    meta: { from: "sm" },
    cell: ({ getValue }) => {
      const method = getValue();
      return method === null ? <span className="text-faint">as its members</span> : imbalanceWords(method);
    },
  }),
  column.accessor("validationAveragePrecision", {
    header: () => <span title="Mean over the folds">Validation AP</span>,
    meta: { align: "end" },
    cell: ({ getValue }) => <span className="font-medium">{getValue()?.toFixed(3) ?? "–"}</span>,
  }),
  column.display({
    id: "folds",
    header: "By fold",
    meta: { from: "md" },
    cell: ({ row: { original } }) => <span className="text-muted">{foldWords(original)}</span>,
  }),
  column.display({
    id: "state",
    header: "Became",
    cell: ({ row: { original } }) => {
      const { label, tone, shape } = candidateState(original);
      return (
        <Badge tone={tone} shape={shape}>
          {label}
        </Badge>
      );
    },
  }),
]);
