"use client";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import type { TableOfValues } from "./chart-csv.ts";
import { CsvButton } from "./csv-button.tsx";
import { saveFile } from "./save-file.ts";
import { ValueTable } from "./value-table.tsx";

type ChartFrameProps = {
  /** a sentence with the finding, not the name of the chart */
  title: ReactNode;
  /** how to read it: window, denominator, interval */
  note?: ReactNode;
  /** the same values as a table, for "View as table" and the CSV */
  values: TableOfValues;
  /** of the CSV and the picture, without its ending */
  fileName: string;
  /** further controls in the heading */
  actions?: ReactNode;
  children: ReactNode;
};

/** Around every chart: the finding, its values as a table, their CSV, and the chart as a picture. */
export function ChartFrame({ title, note, values, fileName, actions, children }: ChartFrameProps): ReactNode {
  const [isTable, setTable] = useState(false);
  const chart = useRef<HTMLDivElement>(null);
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
          <CsvButton values={values} fileName={fileName} />
          <Button
            look="quiet"
            size="small"
            aria-label="Download as PNG"
            title="Download as PNG"
            disabled={isTable}
            onClick={() => void savePicture(chart.current, fileName)}
          >
            <Icon name="image" />
          </Button>
        </div>
      }
    >
      <div ref={chart}>
        {note !== undefined && <p className="mb-2 text-xs text-muted">{note}</p>}
        {isTable ? <ValueTable values={values} /> : children}
      </div>
    </Card>
  );
}

/** The painter comes when it is first needed. */
async function savePicture(chart: HTMLElement | null, fileName: string): Promise<void> {
  if (chart === null) return;
  const { paintChart } = await import("./paint-chart.ts");
  const title = chart.closest("section")?.querySelector("h2")?.textContent ?? "";
  saveFile(await paintChart(chart, title), `${fileName}.png`);
}
