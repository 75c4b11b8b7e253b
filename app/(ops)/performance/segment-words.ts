import type { TableOfValues } from "#app/charts/chart-csv.ts";
import { plural } from "#app/format/number.ts";
import type { Segment } from "./types.ts";

export const dimensionWords: Readonly<Record<Segment["dimension"], string>> = {
  channel: "Channel",
  country: "Country",
  category: "Merchant category",
  amount: "Amount",
  customer: "Customer",
};

/** What the table of segments shows, as its title. */
export function segmentsReading(segments: readonly Segment[]): string {
  const odd = segments.filter(({ precisionContrast, recallContrast, falsePositiveContrast }) =>
    [precisionContrast, recallContrast, falsePositiveContrast].some(({ differs }) => differs),
  );
  const [first] = odd;
  if (first === undefined) return "No segment stands out beyond chance at this threshold";
  const named = `${dimensionWords[first.dimension].toLowerCase()} ${first.value ?? "not given"}`;
  if (odd.length === 1) return `One segment stands out beyond chance: ${named}`;
  return `${plural(odd.length, "segment")} stand out beyond chance, ${named} among them`;
}

/** The table of segments with ends of intervals and adjusted p-values, for its CSV. */
export function segmentValues(segments: readonly Segment[]): TableOfValues {
  const shares = ["Precision", "Recall", "False positives"];
  return {
    columns: [
      ...["Kind", "Segment", "Known payments", "Frauds", "Alerts"],
      ...shares.flatMap((name) => [name, `${name} low`, `${name} high`, `${name} adjusted p`]),
    ],
    rows: segments.map((one) => [
      ...[dimensionWords[one.dimension], one.value, one.rows, one.frauds, one.alerts],
      ...shareCells(one.precision, one.precisionContrast),
      ...shareCells(one.recall, one.recallContrast),
      ...shareCells(one.falsePositives, one.falsePositiveContrast),
    ]),
  };
}

function shareCells(
  { value, interval }: Segment["precision"],
  { adjustedP }: Segment["precisionContrast"],
): (number | null)[] {
  return [value, interval?.lower ?? null, interval?.upper ?? null, adjustedP];
}
