import { DAY_MS } from "#server/domain/day.ts";
import type { TimeRange } from "#server/services/import/index.ts";
import { firstDayOf, type History } from "./history.ts";
import { fraudsOf, type Part, partIn, spanning, withoutKnownCards } from "./part.ts";

/** Learn from `train`, be judged by `validation`: how a configuration is chosen without the test payments. */
export type PartFold = { readonly train: Part; readonly validation: Part };

/**
 * Where a round chooses its configuration. `rehearsals`: the whole protocol, earlier. `holdouts`: the end of the
 * training payments, after a gap. `blocks`: cross-validation over blocks of the training payments, for few frauds.
 */
export type Selection =
  | { readonly kind: "rehearsals" | "holdouts" | "blocks"; readonly folds: readonly PartFold[] }
  | { readonly kind: "blocks"; readonly count: number; readonly embargoMs: number };

export type SelectionRules = {
  readonly gapDays: number;
  readonly dropKnownCards: boolean;
  readonly maxRehearsals: number;
};

/** Payments that the rehearsals of a round may learn from together. */
const REHEARSED_ROWS = 1_000_000;
/** From this many frauds on, a part of them is enough to choose by. */
const MANY_FRAUDS = 1_500;
const BLOCKS = 5;
const FEWER_BLOCKS = 3;
const BLOCKS_UP_TO_ROWS = 200_000;
const TWO_HOLDOUTS_UP_TO_ROWS = 300_000;
const HOLDOUT_SHARE = 0.2;

/**
 * The protocol re-enacted on earlier days: the newest rehearsal is judged by the days that end with the training days,
 * the others each one test length earlier, as long as a test length of history precedes what they learn from. Labels
 * are those known at their own time: of what is learnt from when its validation begins, of the validation when the
 * real test begins.
 */
export function rehearsalsOf(
  history: History,
  { train, test }: { readonly train: TimeRange; readonly test: TimeRange },
  { gapDays, dropKnownCards, maxRehearsals }: SelectionRules,
): PartFold[] {
  const firstMs = firstDayOf(history);
  const length = test.toMs - test.fromMs;
  const folds: PartFold[] = [];
  let rows = 0;
  for (let back = 0; back < maxRehearsals; back++) {
    const shiftMs = test.toMs - train.toMs + back * length;
    const [learnt, judged] = [earlier(train, shiftMs), earlier(test, shiftMs)];
    if (learnt.fromMs - length < firstMs) break;
    const part = partIn(history, learnt, { gapDays, labelledByMs: judged.fromMs });
    const all = partIn(history, judged, { gapDays, labelledByMs: test.fromMs });
    const kept = { sinceMs: learnt.fromMs, gapDays };
    const validation = dropKnownCards ? withoutKnownCards(history, all, kept) : all;
    rows += part.positions.length;
    if (rows > REHEARSED_ROWS) break;
    if (isTelling(history, part) && isTelling(history, validation)) folds.push({ train: part, validation });
  }
  return folds;
}

/** How to choose within the training payments, where nothing earlier can be re-enacted. */
export function selectionWithin(history: History, train: Part, rules: SelectionRules): Selection {
  const rows = train.positions.length;
  const spanMs = train.window.toMs - train.window.fromMs;
  if (fraudsOf(history, train) < MANY_FRAUDS) {
    const count = rows > BLOCKS_UP_TO_ROWS ? FEWER_BLOCKS : BLOCKS;
    if (!hasFraudsApart(history, train, count))
      return { kind: "blocks", folds: blocksOfFrauds(history, train, count) };
    return {
      kind: "blocks",
      count,
      embargoMs: Math.min(rules.gapDays * DAY_MS, shortestBlockMs(history, train, count) / 4),
    };
  }
  const gapMs = Math.min(rules.gapDays * DAY_MS, spanMs / 4);
  const folds = Array.from({ length: rows > TWO_HOLDOUTS_UP_TO_ROWS ? 1 : 2 }, (_, back): PartFold => {
    const to = Math.floor(rows * (1 - back * HOLDOUT_SHARE));
    const from = Math.floor(rows * (1 - (back + 1) * HOLDOUT_SHARE));
    const all = spanning(history, train.positions.subarray(from, to));
    const before = train.positions
      .subarray(0, from)
      .filter((at) => gapMs === 0 || (history.times[at] ?? Number.NaN) < all.window.fromMs - gapMs);
    const kept = { sinceMs: train.window.fromMs, gapDays: rules.gapDays };
    const validation = rules.dropKnownCards ? withoutKnownCards(history, all, kept) : all;
    return { train: spanning(history, before), validation };
  });
  return { kind: "holdouts", folds };
}

/** Whether most of as many equal blocks hold a fair number of the frauds: a quarter of an even share. */
function hasFraudsApart(history: History, { positions }: Part, count: number): boolean {
  const held = new Array<number>(count).fill(0);
  positions.forEach((at, i) => {
    const block = Math.floor((i * count) / positions.length);
    held[block] = (held[block] ?? 0) + (history.frauds[at] ?? 0);
  });
  const frauds = held.reduce((sum, one) => sum + one, 0);
  return held.filter((one) => one > 0 && one >= frauds / count / 4).length > count / 2;
}

/** The shortest time that one of as many equal blocks spans: an embargo must leave rows of its neighbours. */
function shortestBlockMs({ times }: History, { positions }: Part, count: number): number {
  const timeAt = (share: number): number =>
    times[positions[Math.min(Math.floor(share * positions.length), positions.length - 1)] ?? -1] ?? 0;
  const spans = Array.from({ length: count }, (_, i) => timeAt((i + 1) / count) - timeAt(i / count));
  return Math.max(0, Math.min(...spans));
}

/** Contiguous blocks with as many frauds each, for frauds that all lie close together. */
function blocksOfFrauds(history: History, { positions }: Part, count: number): PartFold[] {
  const frauds = Array.from(positions.keys()).filter((i) => history.frauds[positions[i] ?? -1] === 1);
  const edge = (block: number): number =>
    block === 0 ? 0 : (frauds[Math.floor((block * frauds.length) / count)] ?? positions.length);
  return Array.from({ length: count }, (_, block): PartFold => {
    const [from, to] = [edge(block), block === count - 1 ? positions.length : edge(block + 1)];
    return {
      train: spanning(
        history,
        positions.filter((_, i) => i < from || i >= to),
      ),
      validation: spanning(history, positions.subarray(from, to)),
    };
  }).filter(({ train, validation }) => isTelling(history, train) && isTelling(history, validation));
}

function earlier({ fromMs, toMs }: TimeRange, byMs: number): TimeRange {
  return { fromMs: fromMs - byMs, toMs: toMs - byMs };
}

function isTelling(history: History, part: Part): boolean {
  const frauds = fraudsOf(history, part);
  return frauds > 0 && frauds < part.positions.length;
}
