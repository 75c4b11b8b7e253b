import { DAY_MS } from "#server/domain/day.ts";
import type { MeasuredRecall } from "../fraud-log.ts";
import { STORY_START_MS, storyDefaults } from "../plan.ts";
import type { Story } from "../story-told.ts";

const WEEK_MS = 7 * DAY_MS;

export function recallOf(recall: number | null): MeasuredRecall {
  if (recall === null) return { recall, interval: null, frauds: 0 };
  return { recall, interval: { lower: recall - 0.05, upper: recall + 0.05 }, frauds: 120 };
}

/** Two weeks before the change, two after it, and two after a promotion, with what a test wants to be different. */
export function toldStory(changes: Partial<Story> = {}): Story {
  const liveMs = STORY_START_MS + 10 * WEEK_MS;
  const changeMs = liveMs + 2 * WEEK_MS;
  const promotedMs = changeMs + 2 * WEEK_MS;
  const recalls = [0.8, 0.81, 0.6, 0.62, 0.9, 0.91];
  return {
    plan: { ...storyDefaults, seed: 7 },
    liveMs,
    changeMs,
    endMs: liveMs + recalls.length * WEEK_MS,
    weeks: recalls.map((recall, at) => ({
      fromMs: liveMs + at * WEEK_MS,
      measured: recallOf(recall),
      estimated: at === 0 ? null : 0.8,
      payments: 2_800,
      questioned: 150,
      judged: 60,
    })),
    before: recallOf(0.805),
    shifted: recallOf(0.61),
    after: recallOf(0.905),
    falseAlarms: 0,
    warnings: {
      withoutLabels: { atMs: changeMs + 10 * DAY_MS, says: "Expected cost is above the usual." },
      earlyReports: null,
    },
    labelsMs: changeMs + 25 * DAY_MS,
    retrainings: [
      {
        atMs: promotedMs,
        trigger: "alert",
        because: "The alert fired.",
        version: 2,
        seenToMs: changeMs + DAY_MS,
        promoted: true,
        says: "Promoted.",
      },
    ],
    breaches: [],
    ...changes,
  };
}
