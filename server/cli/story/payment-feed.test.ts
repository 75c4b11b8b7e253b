import { expect, test } from "vitest";
import { DAY_MS } from "#server/domain/day.ts";
import { daysOf, PaymentFeed } from "./payment-feed.ts";
import { STORY_START_MS, type StoryPlan, storyDefaults } from "./plan.ts";

const plan: StoryPlan = {
  ...storyDefaults,
  seed: 3,
  customers: 40,
  merchants: 30,
  weeks: { history: 1, before: 1, changed: 2, after: 1 },
};

test("payments are handed out once, in order, up to the time asked for", () => {
  const feed = new PaymentFeed(plan);
  const first = feed.until(STORY_START_MS + DAY_MS);
  const second = feed.until(STORY_START_MS + 2 * DAY_MS);
  const times = [...first, ...second].map(({ payment }) => payment.occurredAtMs);
  expect(first.length).toBeGreaterThan(0);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.max(...first.map(({ payment }) => payment.occurredAtMs))).toBeLessThan(STORY_START_MS + DAY_MS);
  expect(new Set([...first, ...second].map(({ payment }) => payment.id)).size).toBe(times.length);
});

test("the world is the same until the change, and another from then on", () => {
  const { change } = daysOf(plan);
  const changeMs = STORY_START_MS + change * DAY_MS;
  const [drifting, steady] = [new PaymentFeed(plan), new PaymentFeed({ ...plan, drifts: [] })];
  expect(drifting.until(changeMs)).toEqual(steady.until(changeMs));
  const kinds = new Set(drifting.until(Number.POSITIVE_INFINITY).map(({ fraudKind }) => fraudKind));
  expect(kinds).toContain("scam_transfer");
  expect(steady.until(Number.POSITIVE_INFINITY).map(({ fraudKind }) => fraudKind)).not.toContain(
    "scam_transfer",
  );
});
