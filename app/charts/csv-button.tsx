"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import type { TableOfValues } from "./chart-csv.ts";
import { saveCsv } from "./save-file.ts";

type CsvButtonProps = {
  values: TableOfValues;
  /** without its ending */
  fileName: string;
};

/** Downloads the values of a chart or a table. */
export function CsvButton({ values, fileName }: CsvButtonProps): ReactNode {
  return (
    <Button
      look="quiet"
      size="small"
      aria-label="Download as CSV"
      title="Download as CSV"
      onClick={() => saveCsv(values, fileName)}
    >
      <Icon name="download" />
    </Button>
  );
}
