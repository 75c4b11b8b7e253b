import { expect, test } from "vitest";
import { defaultRetrainingSettings, RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { draftOf, settingsOf } from "./retraining-draft.ts";

test("what is not changed stays as it was", () => {
  const some = RetrainingSettings.parse({ matureLabels: 500, schedule: { every: "week", weekday: 0 } });
  for (const settings of [defaultRetrainingSettings, some]) {
    expect(settingsOf(draftOf(settings))).toEqual({ settings, errors: {} });
  }
});

test("no number of labels means that labels alone ask for nothing", () => {
  const draft = { ...draftOf(defaultRetrainingSettings), matureLabels: " " };
  expect(settingsOf(draft).settings?.matureLabels).toBeNull();
});

test.each(["0", "-3", "many", "1.5"])("%s labels is told at its field", (matureLabels) => {
  const read = settingsOf({ ...draftOf(defaultRetrainingSettings), matureLabels });
  expect(read).toMatchObject({ settings: null, errors: { matureLabels: expect.any(String) } });
});

test.each(["", "721"])("%j hours is told at its field", (leastHoursBetween) => {
  const read = settingsOf({ ...draftOf(defaultRetrainingSettings), leastHoursBetween });
  expect(read).toMatchObject({ settings: null, errors: { leastHoursBetween: expect.any(String) } });
});
