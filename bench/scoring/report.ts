import type { Figures } from "./figures.ts";
import type { Results } from "./results.ts";

/** One measured figure beside what it is to be; `met` is null where there is no goal. */
export type Line = {
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
  readonly met: boolean | null;
};

/** The figures with goals, and those that explain them. */
export function linesOf(results: Results): Line[] {
  return [
    ...closedLines(results),
    ...batchLines(results),
    ...openLines(results),
    ...startLines(results),
    ...overloadLines(results),
  ];
}

function closedLines({ closed = [] }: Results): Line[] {
  return closed.flatMap(({ connections, median }) => {
    const name = `closed, ${connections} connections`;
    const throughput =
      connections === 128
        ? atLeast(`${name}: payments/s`, median.perSecond, 5_000)
        : plain(`${name}: payments/s`, whole(median.perSecond));
    return [
      throughput,
      plain("  p50, p90, p99, max ms", latencyText(median)),
      cpuLine(median),
      ...errorLines(median),
    ];
  });
}

function batchLines({ batch }: Results): Line[] {
  if (batch === undefined) return [];
  const { median, size, connections } = batch;
  const name = `batches of ${size}, ${connections} connections: payments/s`;
  return [atLeast(name, median.perSecond, 15_000), cpuLine(median), ...errorLines(median)];
}

function openLines({ open }: Results): Line[] {
  if (open === undefined) return [];
  return openLoopLines(`open loop ${open.rate}/s`, open.median, { p50: 5, p99: 20 });
}

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

function startLines({ start }: Results): Line[] {
  if (start === undefined) return [];
  const name = `start, ${start.payments.toLocaleString("en")} payments: seconds to /readyz after kill -9`;
  return [
    atMost(name, start.medianSeconds, 10),
    plain("  after SIGTERM", ms(start.secondsAfterDrain)),
    atMost("  RSS then, MB", start.rssMegabytes, 700),
    plain("  most until then, MB", whole(start.peakRssMegabytes)),
  ];
}

function overloadLines({ overload }: Results): Line[] {
  if (overload === undefined) return [];
  const { wantedRate, sentRate, acceptedPerSecond, shedShare, accepted, acceptedFromDue, rssMegabytes } =
    overload;
  const { before, most, after } = rssMegabytes;
  return [
    plain(`overload, ${whole(wantedRate)}/s wanted: sent/s`, whole(sentRate)),
    plain("  accepted/s", whole(acceptedPerSecond)),
    plain("  shed with 503", shedShare === null ? "–" : `${(shedShare * 100).toFixed(1)} %`),
    plain("  accepted: p50, p99 ms from sending", `${ms(accepted.p50)}, ${ms(accepted.p99)}`),
    plain("  accepted: p50, p99 ms from due time", `${ms(acceptedFromDue.p50)}, ${ms(acceptedFromDue.p99)}`),
    plain("  RSS MB before, most, after", [before, most, after].map(whole).join(", ")),
    ...errorLines(overload),
  ];
}

function cpuLine({ cpuMicros: { scoring, postgres, load } }: Figures): Line {
  return plain(
    "  CPU µs a payment: scoring, PostgreSQL, load",
    [scoring, postgres, load].map(whole).join(", "),
  );
}

function errorLines({ errors }: Pick<Figures, "errors">): Line[] {
  const kinds = Object.entries(errors).map(([kind, count]) => `${kind}: ${count}`);
  return kinds.length === 0 ? [] : [plain("  not 200", kinds.join(", "))];
}

function latencyText({ latency: { p50, p90, p99, max } }: Figures): string {
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

function whole(value: number | null): string {
  return value === null ? "–" : Math.round(value).toLocaleString("en");
}

export function ms(value: number | null): string {
  return value === null ? "–" : value.toFixed(value < 10 ? 2 : 1);
}

/** Lines as a table for a terminal. */
export function tableOf(lines: readonly Line[]): string {
  const widths = [0, 0, 0];
  const cells = lines.map((line) => [line.measure, line.value, line.goal]);
  for (const row of cells) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return lines
    .map(({ met }, index) => {
      const [measure = "", value = "", goal = ""] = cells[index] ?? [];
      const verdict = met === null ? "" : met ? "met" : "NOT met";
      const [wide = 0, middle = 0, last = 0] = widths;
      return `${measure.padEnd(wide)}  ${value.padStart(middle)}  ${goal.padEnd(last)}  ${verdict}`.trimEnd();
    })
    .join("\n");
}
