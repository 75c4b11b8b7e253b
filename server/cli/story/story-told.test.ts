import { expect, test } from "vitest";
import { DAY_MS } from "#server/domain/day.ts";
import { lineOf } from "./story-told.ts";
import { recallOf, toldStory } from "./testing/told-story.ts";

const story = toldStory();

test("the last line holds the three recalls and whether the alert came first", () => {
  expect(JSON.stringify(lineOf(story))).toBe(
    '{"recallBefore":0.805,"recallShifted":0.61,"recallAfter":0.905,"warnedBeforeLabels":true}',
  );
});

test("an alert at the moment at which labels show it, later, or none is no warning", () => {
  const atLabels = { withoutLabels: { atMs: story.labelsMs ?? 0, says: "" }, earlyReports: null };
  expect(lineOf({ ...story, warnings: atLabels }).warnedBeforeLabels).toBe(false);
  const none = { withoutLabels: null, earlyReports: { atMs: story.changeMs + DAY_MS, says: "" } };
  expect(lineOf({ ...story, warnings: none }).warnedBeforeLabels).toBe(false);
});

test("an alert is a warning where labels never show it", () => {
  expect(lineOf({ ...story, labelsMs: null }).warnedBeforeLabels).toBe(true);
});

test("recall without fraud is null, never 0", () => {
  expect(lineOf({ ...story, shifted: recallOf(null) }).recallShifted).toBeNull();
});
