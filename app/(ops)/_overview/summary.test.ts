import { expect, test } from "vitest";
import { fillDays, summarise } from "./summary.ts";

const empty = { today: [], moneySaved: [], waiting: [], fraudFound: [] };

test("outcomes are added over currencies, amounts never are", () => {
  const { payments, byOutcome, amounts } = summarise({
    ...empty,
    today: [
      { currency: "USD", outcome: "approve", payments: 2, amountMinor: 500 },
      { currency: "EUR", outcome: "approve", payments: 5, amountMinor: 900 },
      { currency: "EUR", outcome: "decline", payments: 1, amountMinor: 100 },
    ],
  });
  expect(payments).toBe(8);
  expect(byOutcome).toEqual({ approve: 7, review: 0, decline: 1 });
  expect(amounts).toEqual([
    { currency: "EUR", amountMinor: 1000 },
    { currency: "USD", amountMinor: 500 },
  ]);
});

test("money saved is declined plus confirmed, in the main currency first", () => {
  const { saved } = summarise({
    ...empty,
    today: [{ currency: "USD", outcome: "decline", payments: 1, amountMinor: 70 }],
    moneySaved: [
      { currency: "EUR", declinedMinor: 0, confirmedMinor: 30 },
      { currency: "USD", declinedMinor: 70, confirmedMinor: 5 },
    ],
  });
  expect(saved).toEqual([
    { currency: "USD", amountMinor: 75 },
    { currency: "EUR", amountMinor: 30 },
  ]);
});

test("a day without payments is zeros, not nothing", () => {
  const byDay = [
    { day: "2026-11-20", outcome: "review", payments: 3 },
    { day: "2026-11-01", outcome: "review", payments: 9 },
  ] as const;
  const days = fillDays(byDay, "2026-11-20T10:00:00.000Z");
  expect(days).toHaveLength(14);
  expect(days[0]).toEqual({ day: "2026-11-07", approve: 0, review: 0, decline: 0 });
  expect(days.at(-1)).toEqual({ day: "2026-11-20", approve: 0, review: 3, decline: 0 });
});
