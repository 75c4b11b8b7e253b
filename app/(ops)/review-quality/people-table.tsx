"use client";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import { qualityFloors } from "#server/domain/review-quality.ts";
import { secondsWords, shareWords } from "./reading.ts";
import type { PersonQuality, ReviewQuality } from "./types.ts";

const column = columnsOf<PersonQuality>();
const lacking = (have: number): ReactNode => (
  <span className="text-muted">
    {count(have)} of {count(qualityFloors.timed)} cases
  </span>
);

const columns = column.columns([
  column.accessor("name", { header: "Person" }),
  column.accessor("legitimateUpheld", {
    header: "“Legitimate” held",
    cell: (cell) => shareWords(cell.getValue(), qualityFloors.known),
  }),
  column.accessor("fraudUpheld", {
    header: "“Fraud” confirmed",
    cell: (cell) => shareWords(cell.getValue(), qualityFloors.known),
  }),
  column.accessor("counts", {
    header: "Not known yet",
    meta: { align: "end", from: "md" },
    cell: (cell) => count(cell.getValue().unknown),
  }),
  column.accessor("work.seconds", {
    header: "Time, median · p90",
    meta: { align: "end", from: "md" },
    cell: ({ row: { original }, getValue }) => {
      const spread = getValue();
      if (spread === null) return lacking(original.work.cases);
      return `${secondsWords(spread.median)} · ${secondsWords(spread.p90)}`;
    },
  }),
  column.accessor("work.keystrokes", {
    header: "Keys, median · p90",
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original }, getValue }) => {
      const spread = getValue();
      if (spread === null) return lacking(original.work.cases);
      return `${count(spread.median)} · ${count(spread.p90)}`;
    },
  }),
  column.accessor("work.notSure", {
    header: "Not sure",
    meta: { align: "end", from: "lg" },
    cell: ({ row: { original } }) => `${count(original.work.notSure)} of ${count(original.work.cases)}`,
  }),
  column.accessor("secondOpinions", {
    header: "Second reviews agreeing",
    meta: { align: "end", from: "xl" },
    cell: (cell) => `${count(cell.getValue().agreed)} of ${count(cell.getValue().pairs)}`,
  }),
]);

/** By person: what came of verdicts, with 95 % intervals, and what they took. */
export function PeopleTable({ quality }: { quality: ReviewQuality }): ReactNode {
  const { people, everyone, maturityDays } = quality;
  return (
    <Card title={everyone ? "Verdicts against what came out later" : "Your verdicts"} padded={false}>
      {people.length === 0 ? (
        <EmptyState title="No verdict in these days">
          Verdicts on cases show here, with what chargebacks and other sources said of them later.
        </EmptyState>
      ) : (
        <DataTable
          caption="Verdicts and time by person"
          columns={columns}
          rows={[...people]}
          rowKey={(person) => person.id}
        />
      )}
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        “Legitimate” holds when another source agrees, or when {count(maturityDays)} days passed without a
        word against it; younger ones are not known yet. “Fraud” is judged only by what another source says: a
        payment that was stopped raises no dispute. Intervals are Wilson's, 95 %.
      </p>
    </Card>
  );
}
