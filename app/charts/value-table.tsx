import type { ReactNode } from "react";
import type { TableOfValues } from "./chart-csv.ts";

/** A region that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

type ValueTableProps = {
  values: TableOfValues;
  /** tells it from others on the same page */
  label?: string;
};

/** A chart's values in rows and columns, scrolling in its own box. */
export function ValueTable({ values, label = "Values of the chart" }: ValueTableProps): ReactNode {
  return (
    <section aria-label={label} {...reachable} className="max-h-72 overflow-auto">
      <table className="w-full">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {values.columns.map((column) => (
              <th key={column} scope="col" className="h-8 px-2 text-left text-xs font-medium text-muted">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {values.rows.map((row) => (
            <tr key={row.join("|")} className="border-t border-line">
              {values.columns.map((column, at) => (
                <td key={column} className="h-7 px-2">
                  {row[at] ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
