import { DAY_MS } from "#server/domain/day.ts";
import type { TimeRange } from "#server/services/import/index.ts";
import { extentOf, firstDayOf, type History } from "./history.ts";
import { fraudsOf, type Part, partBetween, partIn, partOfFiles, withoutKnownCards } from "./part.ts";
import { rehearsalsOf, type Selection, type SelectionRules, selectionWithin } from "./selection.ts";

/** Shares of the payments in order, from 0 to 1. */
export type ShareRange = { readonly from: number; readonly to: number };

/** Which payments to learn from and to be tested on. */
export type Spans =
  | { readonly kind: "times"; readonly train: TimeRange; readonly test: TimeRange }
  | { readonly kind: "newest"; readonly trainDays: number; readonly testDays: number }
  | { readonly kind: "shares"; readonly train: ShareRange; readonly test: ShareRange }
  | { readonly kind: "files"; readonly trainFiles: number };

/** One training and its test. */
export type Round = { readonly train: Part; readonly test: Part; readonly selection: Selection };

export type RoundRules = SelectionRules & { readonly spans: Spans; readonly folds: number };

/** The protocol cannot be carried out on these payments; the message says what to do. */
class ProtocolError extends Error {}

/**
 * The rounds of a protocol, newest test first; each further one lies one test length earlier and is trained anew. Days
 * that the history does not reach back to make fewer rounds.
 * @throws ProtocolError when there is nothing to learn from or to test on.
 */
export function planRounds(history: History, rules: RoundRules): Round[] {
  const extent = extentOf(history);
  if (extent === null) throw new ProtocolError("No payment could be read: look at --mapping and the files.");
  const { spans } = rules;
  if (spans.kind === "times" || spans.kind === "newest") {
    const newest = spans.kind === "times" ? spans : newestDays(extent.lastMs, spans, rules.gapDays);
    return timedRounds(history, newest, rules);
  }
  const count = history.times.length;
  const at = (share: number): number => Math.floor(count * share + 1e-9);
  const [train, test] =
    spans.kind === "shares"
      ? [spans.train, spans.test].map(({ from, to }) => partBetween(history, at(from), at(to)))
      : [partOfFiles(history, 0, spans.trainFiles), partOfFiles(history, spans.trainFiles, 256)];
  if (train === undefined || test === undefined) throw new ProtocolError("There are no spans.");
  const kept = { sinceMs: train.window.fromMs, gapDays: rules.gapDays };
  const round = {
    train,
    test: rules.dropKnownCards ? withoutKnownCards(history, test, kept) : test,
    selection: selectionWithin(history, train, rules),
  };
  requireRows(history, round);
  return [round];
}

function newestDays(
  lastMs: number,
  { trainDays, testDays }: { readonly trainDays: number; readonly testDays: number },
  gapDays: number,
): { readonly train: TimeRange; readonly test: TimeRange } {
  const toMs = (Math.floor(lastMs / DAY_MS) + 1) * DAY_MS;
  const fromMs = toMs - testDays * DAY_MS;
  const trainTo = fromMs - gapDays * DAY_MS;
  return {
    train: { fromMs: trainTo - trainDays * DAY_MS, toMs: trainTo },
    test: { fromMs, toMs },
  };
}

function timedRounds(
  history: History,
  newest: { readonly train: TimeRange; readonly test: TimeRange },
  rules: RoundRules,
): Round[] {
  const rounds: Round[] = [];
  const firstMs = firstDayOf(history);
  for (let back = 0; back < rules.folds; back++) {
    const byMs = back * (newest.test.toMs - newest.test.fromMs);
    const shifted = ({ fromMs, toMs }: TimeRange): TimeRange => ({
      fromMs: fromMs - byMs,
      toMs: toMs - byMs,
    });
    const windows = { train: shifted(newest.train), test: shifted(newest.test) };
    if (back > 0 && windows.train.fromMs < firstMs) break;
    const round = timedRound(history, windows, rules);
    if (back === 0) requireRows(history, round);
    else if (fraudsOf(history, round.train) === 0 || fraudsOf(history, round.test) === 0) break;
    rounds.push(round);
  }
  return rounds;
}

function timedRound(
  history: History,
  windows: { readonly train: TimeRange; readonly test: TimeRange },
  rules: RoundRules,
): Round {
  const { gapDays, dropKnownCards } = rules;
  const train = partIn(history, windows.train, { gapDays, labelledByMs: windows.test.fromMs });
  const all = partIn(history, windows.test, { gapDays });
  const kept = { sinceMs: windows.train.fromMs, gapDays };
  const folds = rehearsalsOf(history, windows, rules);
  return {
    train,
    test: dropKnownCards ? withoutKnownCards(history, all, kept) : all,
    selection: folds.length > 0 ? { kind: "rehearsals", folds } : selectionWithin(history, train, rules),
  };
}

function requireRows(history: History, { train, test, selection }: Round): void {
  const extent = extentOf(history);
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace("T", " ");
  const reach =
    extent === null ? "" : ` The files hold payments from ${day(extent.firstMs)} to ${day(extent.lastMs)}.`;
  for (const [name, { window, positions }] of [["training", train] as const, ["test", test] as const]) {
    if (positions.length > 0) continue;
    const span = `${day(window.fromMs)} to ${day(window.toMs)}`;
    throw new ProtocolError(`No payment with a known label lies in the ${name} span ${span}.${reach}`);
  }
  const frauds = fraudsOf(history, train);
  if (frauds === 0 || frauds === train.positions.length) {
    const kind = frauds === 0 ? "fraud" : "legitimate payment";
    throw new ProtocolError(`The training span holds no ${kind} to learn from; choose a longer one.${reach}`);
  }
  if ("folds" in selection && selection.folds.length === 0)
    throw new ProtocolError(
      `The training span holds too few frauds to validate on; choose a longer one.${reach}`,
    );
}
