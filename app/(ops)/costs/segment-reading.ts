import type { TableOfValues } from "#app/charts/chart-csv.ts";
import { moneyShort } from "#app/format/money.ts";
import { percent } from "#app/format/number.ts";
import type { SegmentCost } from "./types.ts";

const kinds: Readonly<Record<SegmentCost["dimension"], string>> = {
  currency: "Currency",
  channel: "Channel",
};

export function segmentName({ dimension, value }: SegmentCost): { kind: string; value: string } {
  return { kind: kinds[dimension], value: value?.replaceAll("_", " ") ?? "not given" };
}

/** Which channel costs most for what it takes, as far as its frauds let that be said. */
export function segmentsReading(segments: readonly SegmentCost[]): string {
  const channels = segments.filter(({ dimension, isSure }) => dimension === "channel" && isSure);
  const dearest = channels.reduce<SegmentCost | null>(
    (most, one) => (most === null || shareOf(one) > shareOf(most) ? one : most),
    null,
  );
  if (dearest === null) return "No channel has labelled frauds enough to compare costs";
  const { value } = segmentName(dearest);
  return `Of the channels ${value} costs most for what it takes: ${moneyShort(dearest.cost.minor, dearest.currency)}, ${percent(shareOf(dearest), 2)} of its amount`;
}

function shareOf({ cost, amountMinor }: SegmentCost): number {
  return amountMinor === 0 ? 0 : cost.minor / amountMinor;
}

/** Money in minor units of each segment's currency. */
export function segmentValues(segments: readonly SegmentCost[]): TableOfValues {
  const names = ["Cost", "Saved vs approving", "Saved vs reviewing"];
  return {
    columns: [
      "Dimension",
      "Segment",
      "Currency",
      "Known payments",
      "Frauds",
      ...names.flatMap((name) => [`${name}, minor units`, "from", "to"]),
    ],
    rows: segments.map((segment) => [
      segment.dimension,
      segmentName(segment).value,
      segment.currency,
      segment.rows,
      segment.frauds,
      ...[segment.cost, segment.savedVsApprove, segment.savedVsReview].flatMap(({ minor, interval }) => [
        minor,
        interval?.lower ?? null,
        interval?.upper ?? null,
      ]),
    ]),
  };
}
