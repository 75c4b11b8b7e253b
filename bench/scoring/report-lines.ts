import type { Figures } from "./figures.ts";

/** One measured figure beside what it is to be; `met` is null where there is no goal. */
export type Line = {
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
  readonly met: boolean | null;
  /** Too long for a column: stands by itself. */
  readonly aside?: boolean;
};

/** p50 and p99 beside their goals, p99.9, and what was not answered. */
export function openLoopLines(
  name: string,
  median: Figures,
  goals: { readonly p50: number | null; readonly p99: number },
): Line[] {
  const { p50, p99, p999, max } = median.latency;
  const first =
    goals.p50 === null ? plain(`${name}: p50 ms`, ms(p50)) : atMost(`${name}: p50 ms`, p50, goals.p50);
  return [
    first,
    atMost("  p99 ms", p99, goals.p99),
    plain("  p99.9, max ms", `${ms(p999)}, ${ms(max)}`),
    ...errorLines(median),
  ];
}

export function cpuLine({ cpuMicros: { scoring, postgres, load } }: Figures): Line {
  return plain(
    "  CPU µs a payment: scoring, PostgreSQL, load",
    [scoring, postgres, load].map(whole).join(", "),
  );
}

export function errorLines({ errors, samples }: Pick<Figures, "errors" | "samples">): Line[] {
  const kinds = Object.entries(errors).map(([kind, count]) => `${kind}: ${count}`);
  if (kinds.length === 0) return [];
  const words = Object.entries(samples).map(([kind, text]) => ({
    ...plain(`    ${kind}: ${text}`, ""),
    aside: true,
  }));
  return [plain("  not 200", kinds.join(", ")), ...words];
}

export function latencyText({ latency: { p50, p90, p99, max } }: Figures): string {
  return [p50, p90, p99, max].map(ms).join(", ");
}

export function atLeast(measure: string, value: number | null, goal: number, unit = ""): Line {
  const shown = goal < 100 ? ms(value) : whole(value);
  return {
    measure,
    value: shown + unit,
    goal: `≥ ${goal.toLocaleString("en")}${unit}`,
    met: value === null ? null : value >= goal,
  };
}

export function atMost(measure: string, value: number | null, goal: number, unit = ""): Line {
  const shown = goal < 100 ? ms(value) : whole(value);
  return {
    measure,
    value: shown + unit,
    goal: `≤ ${goal.toLocaleString("en")}${unit}`,
    met: value === null ? null : value <= goal,
  };
}

export function plain(measure: string, value: string): Line {
  return { measure, value, goal: "", met: null };
}

export function whole(value: number | null): string {
  return value === null ? "–" : Math.round(value).toLocaleString("en");
}

export function ms(value: number | null): string {
  return value === null ? "–" : value.toFixed(value < 10 ? 2 : 1);
}

/** Lines as a table for a terminal. */
export function tableOf(lines: readonly Line[]): string {
  const widths = [0, 0, 0];
  const cells = lines.map((line) => [line.measure, line.value, line.goal]);
  for (const [index, row] of cells.entries()) {
    if (lines[index]?.aside) continue;
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return lines
    .map(({ met, aside }, index) => {
      const [measure = "", value = "", goal = ""] = cells[index] ?? [];
      if (aside) return measure;
      const verdict = met === null ? "" : met ? "met" : "NOT met";
      const [wide = 0, middle = 0, last = 0] = widths;
      return `${measure.padEnd(wide)}  ${value.padStart(middle)}  ${goal.padEnd(last)}  ${verdict}`.trimEnd();
    })
    .join("\n");
}
