import { expect, test } from "vitest";
import { modelBounds } from "#server/domain/scoring-time.ts";
import { CountsSince, ModelTimes } from "./model-times.ts";

test("payments are counted under the first bound that their time does not pass", () => {
  for (const seconds of [1e-7, 1e-6, 1.05e-6, 5e-5, 0.01, 3]) {
    const times = new ModelTimes();
    times.add("m", seconds, 7);
    const counts = times.take().get("m") ?? [];
    const place = counts.indexOf(7);
    expect(seconds).toBeGreaterThan(place === 0 ? 0 : (modelBounds[place - 1] ?? Infinity));
    expect(seconds).toBeLessThanOrEqual(modelBounds[place] ?? Number.POSITIVE_INFINITY);
  }
});

test("what was taken is not taken again", () => {
  const times = new ModelTimes();
  times.add("m", 1e-4, 1);
  expect([...times.take().keys()]).toEqual(["m"]);
  expect(times.take().size).toBe(0);
  const since = new CountsSince();
  expect(since.take(Float64Array.of(1, 2))).toEqual([1, 2]);
  expect(since.take(Float64Array.of(1, 5))).toEqual([0, 3]);
});
