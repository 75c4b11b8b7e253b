"use client";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { TestResults } from "../test-results.tsx";
import type { Report } from "../types.ts";
import { testRows } from "./words.ts";

/** Every family of the run and the champion of that day on the same test payments. */
export function TestTable({ report }: { report: Report }): ReactNode {
  const { test } = report.split;
  return (
    <Card padded={false} title="Results on the test days, beside what it must beat">
      <p className="px-4 pb-2 text-xs text-muted">
        {day(new Date(test.fromMs))} – {day(new Date(test.toMs - 1))}: {count(test.rows)} payments,{" "}
        {count(test.frauds)} frauds, looked at once after the choice was made. 95 % intervals by resampled
        customers.
      </p>
      <TestResults
        caption="Results of every family on the test days"
        rows={testRows(report)}
        selectedKey={report.selected}
      />
    </Card>
  );
}
