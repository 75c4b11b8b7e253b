"use client";
import { type ReactNode, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { type TableOfValues, toCsv } from "./chart-csv.ts";
import { ValueTable } from "./value-table.tsx";

type ChartFrameProps = {
  /** a sentence with the finding, not the name of the chart */
  title: ReactNode;
  /** how to read it: window, denominator, interval */
  note?: ReactNode;
  /** the same values as a table, for "View as table" and the CSV */
  values: TableOfValues;
  /** of the CSV, without its ending */
  fileName: string;
  /** further controls in the heading */
  actions?: ReactNode;
  children: ReactNode;
};

/** Around every chart: the finding, its values as a table, and their CSV. */
export function ChartFrame({ title, note, values, fileName, actions, children }: ChartFrameProps): ReactNode {
  const [isTable, setTable] = useState(false);
  const name = isTable ? "View as chart" : "View as table";
  return (
    <Card
      title={title}
      actions={
        <div className="flex shrink-0 items-center gap-1">
          {actions}
          <Button look="quiet" size="small" aria-label={name} title={name} onClick={() => setTable(!isTable)}>
            <Icon name={isTable ? "chart" : "table"} />
          </Button>
          <Button
            look="quiet"
            size="small"
            aria-label="Download as CSV"
            title="Download as CSV"
            onClick={() => download(values, fileName)}
          >
            <Icon name="download" />
          </Button>
        </div>
      }
    >
      {note !== undefined && <p className="mb-2 text-xs text-muted">{note}</p>}
      {isTable ? <ValueTable values={values} /> : children}
    </Card>
  );
}

function download(values: TableOfValues, fileName: string): void {
  const url = URL.createObjectURL(new Blob([toCsv(values)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
