import { rowClass } from "#server/services/analysis/classify-rows.ts";
import type { AnalysisRows } from "#server/services/analysis/index.ts";
import type { RowCounts } from "#server/services/performance/served.ts";

/** How the rows of a currency divide: what is known, and what is not known and why. */
export function countClasses(
  classes: Uint8Array,
  { rows, columns }: AnalysisRows,
  currency: number,
): RowCounts {
  const counts = new Float64Array(5);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    if (columns.currency[i] !== currency) continue;
    const at = classes[i] as number;
    counts[at] = (counts[at] as number) + 1;
    total++;
  }
  const of = (kind: keyof typeof rowClass): number => counts[rowClass[kind]] as number;
  return {
    rows: total,
    fraud: of("fraud"),
    legitimate: of("legitimate"),
    waiting: of("waiting"),
    declined: of("declined"),
    unscored: of("unscored"),
  };
}

/** Currencies of the rows, the most frequent first, and the one that is looked at; its code is 0 when no row has it. */
export function currencyOfRows(
  { rows, columns }: AnalysisRows,
  names: ReadonlyMap<number, string>,
  asked: string | null,
): { readonly currencies: string[]; readonly currency: string; readonly code: number } {
  const seen = new Float64Array(largest(columns.currency) + 1);
  for (let i = 0; i < rows; i++) {
    const code = columns.currency[i] as number;
    seen[code] = (seen[code] as number) + 1;
  }
  const ranked = Array.from(seen, (n, code) => ({ code, n, name: names.get(code) ?? "" }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
  const currency = asked ?? ranked[0]?.name ?? "EUR";
  const code = ranked.find((one) => one.name === currency)?.code ?? 0;
  return { currencies: ranked.map((one) => one.name), currency, code };
}

/** 0 for none. */
export function largest(codes: Uint32Array): number {
  let most = 0;
  for (let i = 0; i < codes.length; i++) if ((codes[i] as number) > most) most = codes[i] as number;
  return most;
}
