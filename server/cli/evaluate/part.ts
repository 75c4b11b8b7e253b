import { DAY_MS } from "#server/domain/day.ts";
import type { TimeRange } from "#server/services/import/index.ts";
import { extentOf, type History } from "./history.ts";
import { KnownCards } from "./known-cards.ts";

/** Payments that one step of a protocol looks at: ascending positions of a history, and the time they span. */
export type Part = { readonly window: TimeRange; readonly positions: Uint32Array };

export type PartRules = {
  /** Days from a payment until its label is known. */
  readonly gapDays: number;
  /** Only payments whose label is known by then; all when left out. */
  readonly labelledByMs?: number;
};

/** The payments of a span of time. */
export function partIn(
  { times }: Pick<History, "times">,
  window: TimeRange,
  { gapDays, labelledByMs = Number.POSITIVE_INFINITY }: PartRules,
): Part {
  const latest = labelledByMs - gapDays * DAY_MS;
  const isIn = (time: number): boolean => time >= window.fromMs && time < window.toMs && time <= latest;
  return { window, positions: positionsWhere(times.length, (at) => isIn(times[at] ?? Number.NaN)) };
}

/** The payments at positions `from` up to but not including `to`. */
export function partBetween(history: Pick<History, "times">, from: number, to: number): Part {
  return spanning(
    history,
    positionsWhere(history.times.length, (at) => at >= from && at < to),
  );
}

/** The payments of the files from `from` up to but not including `to`. */
export function partOfFiles(history: Pick<History, "times" | "files">, from: number, to: number): Part {
  const isIn = (file: number): boolean => file >= from && file < to;
  return spanning(
    history,
    positionsWhere(history.times.length, (at) => isIn(history.files[at] ?? -1)),
  );
}

/** Positions of a part with the window that they span themselves. */
export function spanning({ times }: Pick<History, "times">, positions: Uint32Array): Part {
  const extent = extentOf({ times: Float64Array.from(positions, (at) => times[at] ?? Number.NaN) });
  const window = { fromMs: extent?.firstMs ?? 0, toMs: (extent?.lastMs ?? 0) + 1 };
  return { window, positions };
}

/** A part without the cards that are known to be compromised on the day, by frauds since `sinceMs`. */
export function withoutKnownCards(
  { times, frauds, cards }: History,
  { window, positions }: Part,
  { sinceMs, gapDays }: { readonly sinceMs: number; readonly gapDays: number },
): Part {
  const known = new KnownCards<number>(sinceMs, gapDays);
  frauds.forEach((fraud, at) => {
    if (fraud === 1) known.addFraud(cards[at] ?? -1, times[at] ?? Number.NaN);
  });
  const isKept = (at: number): boolean => !known.isKnown(cards[at] ?? -1, times[at] ?? Number.NaN);
  return { window, positions: positions.filter(isKept) };
}

/** Frauds of a part. */
export function fraudsOf({ frauds }: Pick<History, "frauds">, { positions }: Part): number {
  return positions.reduce((sum, at) => sum + (frauds[at] ?? 0), 0);
}

function positionsWhere(count: number, isWanted: (position: number) => boolean): Uint32Array {
  const positions: number[] = [];
  for (let at = 0; at < count; at++) if (isWanted(at)) positions.push(at);
  return Uint32Array.from(positions);
}
