import { expect, test } from "vitest";
import { DAY_MS } from "#server/domain/day.ts";
import { planRounds, type RoundRules, type Spans } from "./rounds.ts";
import { evenHistory, historyOf } from "./testing/history-of.ts";

const rules = (spans: Spans, changes: Partial<RoundRules> = {}): RoundRules => ({
  spans,
  gapDays: 7,
  folds: 1,
  dropKnownCards: false,
  maxRehearsals: 4,
  ...changes,
});
const week = (from: number): { fromMs: number; toMs: number } => ({
  fromMs: from * DAY_MS,
  toMs: (from + 7) * DAY_MS,
});
const times = (train: number, test: number): Spans => ({
  kind: "times",
  train: week(train),
  test: week(test),
});

test("a round learns from one span and is tested on another, and rehearses where history allows", () => {
  const [round] = planRounds(evenHistory(136), rules(times(115, 129)));
  expect(round?.train.positions).toHaveLength(28);
  expect(round?.test.positions[0]).toBe(129 * 4);
  expect(round?.selection).toMatchObject({ kind: "rehearsals" });
  const [early] = planRounds(evenHistory(136), rules(times(0, 14)));
  expect(early?.selection).toMatchObject({ kind: "blocks" });
});

test("payments whose label is not known when the test begins are not learnt from", () => {
  const [round] = planRounds(evenHistory(40), rules(times(20, 28)));
  expect(round?.train.positions).toHaveLength(4); // of day 20 alone, eight days before
});

test("the newest days are tested, and each further fold lies one test length earlier", () => {
  const newest: Spans = { kind: "newest", trainDays: 7, testDays: 7 };
  const rounds = planRounds(evenHistory(100), rules(newest, { folds: 4 }));
  expect(
    rounds.map(({ train, test }) => [train.window.fromMs / DAY_MS, test.window.fromMs / DAY_MS]),
  ).toEqual([
    [79, 93],
    [72, 86],
    [65, 79],
    [58, 72],
  ]);
});

test("folds that the history does not reach back to are left out", () => {
  expect(planRounds(evenHistory(36), rules(times(15, 29), { folds: 4 }))).toHaveLength(3);
});

test("shares are of the payments in order, files of where they stand", () => {
  const history = evenHistory(25, 4);
  const shares: Spans = { kind: "shares", train: { from: 0, to: 0.555 }, test: { from: 0.555, to: 1 } };
  const [byShare] = planRounds(history, rules(shares));
  expect([...(byShare?.train.positions ?? [])]).toEqual(Array.from({ length: 55 }, (_, i) => i));
  expect([...(byShare?.test.positions ?? [])]).toEqual(Array.from({ length: 45 }, (_, i) => 55 + i));
  const files = { ...history, files: history.files.map((_, i) => (i < 40 ? 0 : i < 90 ? 1 : 2)) };
  const [byFile] = planRounds(files, rules({ kind: "files", trainFiles: 1 }));
  expect([...(byFile?.train.positions ?? [])]).toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(byFile?.test.positions).toHaveLength(60);
});

test("a protocol that cannot be carried out says why, and what the files hold", () => {
  const plan = (spans: Spans, history = evenHistory(30)) => {
    planRounds(history, rules(spans));
  };
  expect(() => plan(times(40, 54))).toThrow(
    "No payment with a known label lies in the training span 1970-02-10 00:00 to 1970-02-17 00:00. The files hold payments from 1970-01-01 12:00 to 1970-01-30 12:00.",
  );
  expect(() => plan(times(1, 54))).toThrow("lies in the test span");
  const honest = historyOf(Array.from({ length: 30 }, (_, day) => [day, day, false]));
  expect(() => plan(times(1, 15), honest)).toThrow("holds no fraud to learn from");
  const single = historyOf(Array.from({ length: 30 }, (_, day) => [day, day, day === 3]));
  expect(() => plan(times(1, 15), single)).toThrow("holds too few frauds to validate on");
  expect(() => plan(times(1, 15), historyOf([]))).toThrow("No payment could be read");
});
