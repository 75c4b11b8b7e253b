import fc from "fast-check";
import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { StageHistogram } from "./stage-histogram.ts";

const config = { name: "test_seconds", help: "a test", buckets: [0.001, 0.01, 0.1] };
const stages = ["queue", "total"] as const;

test("a scrape is the one that prom-client's own histogram gives, as text and as JSON", async () => {
  const values = fc.array(
    fc.tuple(
      fc.constantFrom(...stages),
      fc.oneof(fc.constantFrom(0, 0.001, 0.01, 0.1), fc.double({ min: 0, max: 1, noNaN: true })),
    ),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(values, async (observed) => {
      const [ours, theirs] = [new Registry(), new Registry()];
      const own = new StageHistogram({ ...config, stages, registers: [ours] });
      const reference = new Histogram({ ...config, labelNames: ["stage"], registers: [theirs] });
      for (const stage of stages) reference.zero({ stage });
      for (const [stage, value] of observed) {
        own.add(stage, value);
        reference.observe({ stage }, value);
      }
      expect(await ours.metrics()).toBe(await theirs.metrics());
      const valuesOf = async (registry: Registry): Promise<unknown> =>
        (await registry.getMetricsAsJSON()).map(({ values }) =>
          values.map(({ labels, value }) => ({ labels, value })),
        );
      expect(await valuesOf(ours)).toEqual(await valuesOf(theirs));
    }),
  );
});

test("many observations at once count as many, and what is not a finite number is left out", async () => {
  const registry = new Registry();
  const histogram = new StageHistogram({ ...config, stages, registers: [registry] });
  histogram.add("queue", 0.5, 3);
  histogram.add("queue", Number.NaN);
  histogram.add("queue", Number.POSITIVE_INFINITY);
  const text = await registry.metrics();
  expect(text).toContain('test_seconds_bucket{le="0.1",stage="queue"} 0');
  expect(text).toContain('test_seconds_bucket{le="+Inf",stage="queue"} 3');
  expect(text).toContain('test_seconds_sum{stage="queue"} 1.5');
  expect(text).toContain('test_seconds_count{stage="queue"} 3');
});
