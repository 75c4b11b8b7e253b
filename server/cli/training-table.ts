import type { TrainingReport } from "#server/services/training/index.ts";

type Interval = { readonly lower: number; readonly upper: number } | null;

/** What a run found, for a terminal: a line per family on the same test rows, the chosen one marked. */
export function trainingTable(report: TrainingReport): string {
  const { test } = report.split;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const header = ["", "family", "AP", "95 %", "ROC AUC", "recall@0.1 %", "CP@100", "Brier", "fit s"];
  const rows = Object.values(report.families).map(({ family, test: found, fitSeconds }) => [
    family === report.selected ? "*" : "",
    family,
    number(found.averagePrecision),
    interval(found.averagePrecisionInterval),
    number(found.rocAuc),
    number(found.recallAtFpr001),
    number(found.cardPrecision100),
    number(found.brier, 5),
    fitSeconds.toFixed(1),
  ]);
  return [
    `Test ${day(test.fromMs)} to ${day(test.toMs)}: ${test.rows} payments, ${test.frauds} fraud. * chosen on the days before.`,
    ...aligned([header, ...rows]),
    ...championLines(report),
    skewLine(report),
  ].join("\n");
}

function championLines({ champion, championNote }: TrainingReport): string[] {
  if (champion === null) return championNote === null ? [] : [championNote];
  const { comparison, number: version } = champion;
  const by = interval(comparison.differenceInterval, true);
  return [
    `Champion (version ${version}) on the same payments: AP ${number(comparison.champion.averagePrecision)}; ` +
      `the candidate is ${signed(comparison.difference)} ${by}`,
  ];
}

function skewLine({ skew }: TrainingReport): string {
  if (skew.compared === 0) return "No served features to compare with yet.";
  const compared = `${skew.compared} served feature vectors compared with replay`;
  return skew.differing === 0 ? `${compared}: all equal.` : `${compared}: ${skew.differing} DIFFER.`;
}

function number(value: number | null, digits = 3): string {
  return value === null ? "–" : value.toFixed(digits);
}

function signed(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

function interval(bounds: Interval, withSign = false): string {
  const show = withSign ? signed : number;
  return bounds === null ? "–" : `[${show(bounds.lower)}, ${show(bounds.upper)}]`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
