import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultReviewSettings } from "#server/domain/review-settings.ts";
import { draftOf, settingsOf } from "./review-draft.ts";

const draft = draftOf(defaultReviewSettings);

test("what was stored reads back as it was", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 480 }),
      fc.integer({ min: 0, max: 10_000 }),
      (claimMinutes, share) => {
        const settings = {
          ...defaultReviewSettings,
          claimMinutes,
          secondReviewShare: share / 10_000,
          fourEyes: { ...defaultReviewSettings.fourEyes, amountMinor: { EUR: share, JPY: share } },
        };
        expect(settingsOf(draftOf(settings)).settings).toEqual(settings);
      },
    ),
  );
});

test("what makes no sense is told by its field", () => {
  const amounts = [
    { key: 1, currency: "EUR", amount: "5" },
    { key: 2, currency: "EUR", amount: "6" },
    { key: 3, currency: "EU", amount: "7" },
    { key: 4, currency: "USD", amount: "lots" },
  ];
  const { errors } = settingsOf({ ...draft, claimMinutes: "0", secondReviewShare: "", amounts });
  expect(Object.keys(errors ?? {})).toEqual([
    "claimMinutes",
    "secondReviewShare",
    "amount.2",
    "amount.3",
    "amount.4",
  ]);
});
