import type { ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import {
  type ComparedRow,
  differenceText,
  type Measure,
  measureColumns,
  measureText,
  modelsReading,
  verdictOf,
} from "./models-words.ts";

type ModelsTableProps = {
  rows: readonly ComparedRow[];
  note: string;
  /** of the expected cost */
  currency: string;
  fileName: string;
  /** whose models, which tells the table from others of the page */
  of: string;
};

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

/** Models on the same payments; the first is what the others are held against. */
export function ModelsTable({ rows, note, currency, fileName, of }: ModelsTableProps): ReactNode {
  return (
    <ChartFrame title={modelsReading(rows)} note={note} fileName={fileName} values={valuesOf(rows, currency)}>
      <section aria-label={`Models side by side: ${of}`} {...reachable} className="overflow-x-auto">
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              <th scope="col" className="h-9 pr-3 text-left font-medium">
                Model
              </th>
              {measureColumns.map(({ measure, label }) => (
                <th key={measure} scope="col" className="h-9 px-2 text-right font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="border-b border-line align-top last:border-0">
                <th scope="row" className="min-w-36 py-2 pr-3 text-left font-medium">
                  {row.name}
                  <span className="block text-xs font-normal text-muted">{row.note}</span>
                </th>
                {measureColumns.map(({ measure }) => (
                  <td key={measure} className="px-2 py-2 text-right whitespace-nowrap">
                    {measureText(measure, row.measures[measure], currency)}
                    <Difference row={row} measure={measure} currency={currency} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ChartFrame>
  );
}

type DifferenceProps = { row: ComparedRow; measure: Measure; currency: string };

const marks = {
  better: { sign: "▲", look: "text-approve" },
  worse: { sign: "▼", look: "text-decline" },
} as const;

/** The difference with its interval; marked where it is more than chance. */
function Difference({ row, measure, currency }: DifferenceProps): ReactNode {
  const text = differenceText(row, measure, currency);
  if (text === "") return null;
  const verdict = verdictOf(row, measure);
  const [first, rest] = text.split(" (");
  return (
    <span className={`block text-xs ${verdict === null ? "text-muted" : marks[verdict].look}`}>
      {verdict !== null && (
        <>
          <span aria-hidden="true">{marks[verdict].sign} </span>
          <span className="sr-only">{verdict}: </span>
        </>
      )}
      {first}
      {rest !== undefined && <span className="block">({rest}</span>}
    </span>
  );
}

function valuesOf(rows: readonly ComparedRow[], currency: string) {
  return {
    columns: ["Model", "Measure", "Value", "Difference", "Low", "High"],
    rows: rows.flatMap((row) =>
      measureColumns.map(({ measure, label }) => [
        row.name,
        measure === "expectedCostMinor" ? `Expected cost a payment, minor units of ${currency}` : label,
        row.measures[measure] ?? null,
        row.difference?.[measure] ?? null,
        row.differenceInterval?.[measure]?.lower ?? null,
        row.differenceInterval?.[measure]?.upper ?? null,
      ]),
    ),
  };
}
