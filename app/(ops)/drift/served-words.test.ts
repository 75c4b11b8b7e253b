import { expect, test } from "vitest";
import { changedReading, daysReading } from "./served-words.ts";

const volume = (day: string, decisions: number) => ({ day, decisions, unscored: 0, changed: null });
const day = (at: string, change: "missing" | null) => ({
  day: at,
  rows: 900,
  missing: 0,
  unseen: 0,
  outside: 0,
  change,
});

test("the newest day that is over is told beside those before it; today is left out", () => {
  const days = [volume("2026-11-17", 100), volume("2026-11-18", 300), volume("2026-11-19", 1_000)];
  expect(daysReading({ days: [...days, volume("2026-11-20", 7)] })).toBe(
    "1,000 payments on 19 Nov; 200 a day before",
  );
  expect(daysReading({ days: [volume("2026-11-20", 7)] })).toBe("No day is over yet");
});

test("a feature is whole as usual, or tells on how many days it was not", () => {
  const days = [day("2026-11-18", "missing"), day("2026-11-19", null)];
  expect(changedReading({ text: "amount", days })).toBe(
    "Amount: missing unlike before on 1 day, last on 18 Nov",
  );
  expect(changedReading({ text: "amount", days: days.slice(1) })).toBe("Amount: whole as usual");
  expect(changedReading({ text: "amount", days: [] })).toContain("not served");
});
