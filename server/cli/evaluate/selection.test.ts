import { expect, test } from "vitest";
import { DAY_MS } from "#server/domain/day.ts";
import { fraudsOf, partBetween, partIn } from "./part.ts";
import { type PartFold, rehearsalsOf, selectionWithin } from "./selection.ts";
import { evenHistory } from "./testing/history-of.ts";

const rules = { gapDays: 7, dropKnownCards: false, maxRehearsals: 4 };
const week = (from: number): { fromMs: number; toMs: number } => ({
  fromMs: from * DAY_MS,
  toMs: (from + 7) * DAY_MS,
});
const daysOf = ({ train, validation }: PartFold): number[] =>
  [train, validation].map(({ window }) => window.fromMs / DAY_MS);

test("rehearsals are the protocol two weeks earlier and further weeks before: the book's validation folds", () => {
  const history = evenHistory(136);
  const folds = rehearsalsOf(history, { train: week(115), test: week(129) }, rules);
  expect(folds.map(daysOf)).toEqual([
    [101, 115],
    [94, 108],
    [87, 101],
    [80, 94],
  ]);
  expect(folds[0]?.train.positions).toHaveLength(28);
  expect(folds[0]?.validation.positions).toHaveLength(28);
});

test("as many rehearsals as the history has room for, with a test length of history before each", () => {
  const spans = { train: week(28), test: week(42) };
  expect(rehearsalsOf(evenHistory(49), spans, rules).map(daysOf)).toEqual([
    [14, 28],
    [7, 21],
  ]);
  expect(rehearsalsOf(evenHistory(49), spans, { ...rules, maxRehearsals: 1 })).toHaveLength(1);
  expect(rehearsalsOf(evenHistory(21), { train: week(0), test: week(14) }, rules)).toEqual([]);
});

test("a rehearsal learns only from labels known when its validation begins, and is judged by those known at the test", () => {
  const [fold] = rehearsalsOf(evenHistory(60), { train: week(40), test: week(50) }, rules);
  expect(fold === undefined ? null : daysOf(fold)).toEqual([30, 40]);
  expect(fold?.train.positions).toHaveLength(3 * 4); // three days of seven
  expect(fold?.validation.positions).toHaveLength(3 * 4);
  expect(rehearsalsOf(evenHistory(60), { train: week(40), test: week(47) }, rules)).toEqual([]);
});

test("known cards leave the validation of a rehearsal, by frauds since its own training days", () => {
  const history = evenHistory(60);
  const card = history.cards[4 * 20]; // the fraud of day 20
  history.cards[4 * 35 + 1] = card ?? 0;
  const spans = { train: week(33), test: week(47) };
  const count = (dropKnownCards: boolean): number | undefined =>
    rehearsalsOf(history, spans, { ...rules, dropKnownCards })[0]?.validation.positions.length;
  expect(count(false)).toBe(28);
  expect(count(true)).toBe(27);
});

test("few frauds are cross-validated over blocks, fewer of them where rows are many", () => {
  const history = evenHistory(70);
  const train = partBetween(history, 0, 280);
  expect(selectionWithin(history, train, rules)).toMatchObject({ kind: "blocks", count: 5 });
  const { embargoMs } = selectionWithin(history, train, rules) as { embargoMs: number };
  expect(embargoMs).toBeLessThanOrEqual((70 / 5 / 4) * DAY_MS);
  const rare = evenHistory(1_000, 250);
  expect(selectionWithin(rare, partBetween(rare, 0, 250_000), rules)).toMatchObject({ count: 3 });
});

test("many frauds allow for holdouts at the end of the training payments, a gap after what they learn from", () => {
  const history = evenHistory(2_000, 2);
  const selection = selectionWithin(history, partIn(history, week(0), { gapDays: 0 }), rules);
  expect(selection.kind).toBe("blocks");
  const holdouts = selectionWithin(history, partBetween(history, 0, 4_000), rules);
  if (!("folds" in holdouts)) throw new Error("expected holdouts");
  expect(
    holdouts.folds.map(({ validation }) => [validation.positions[0], validation.positions.length]),
  ).toEqual([
    [3_200, 800],
    [2_400, 800],
  ]);
  for (const { train, validation } of holdouts.folds) {
    expect(validation.window.fromMs - train.window.toMs).toBeGreaterThanOrEqual(7 * DAY_MS);
  }
});

test("frauds that lie close together are cut into blocks of as many frauds", () => {
  const history = evenHistory(50);
  history.frauds.fill(0);
  for (const at of [160, 162, 165, 170, 171, 173, 180, 181, 190, 199]) history.frauds[at] = 1;
  const selection = selectionWithin(history, partBetween(history, 0, 200), rules);
  if (!("folds" in selection)) throw new Error("expected folds");
  expect(selection.kind).toBe("blocks");
  const frauds = selection.folds.map(({ validation }) => fraudsOf(history, validation));
  expect(frauds).toEqual([2, 2, 2, 2, 2]);
  const validated = selection.folds.flatMap(({ validation }) => [...validation.positions]);
  expect(validated).toEqual(Array.from({ length: 200 }, (_, i) => i));
  for (const { train, validation } of selection.folds)
    expect(train.positions.length + validation.positions.length).toBe(200);
});
