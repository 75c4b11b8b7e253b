import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("stages, decisions, problems, batches and gauges are told to Prometheus", async () => {
  const gauges = { queueDepth: () => 3, storeSize: () => 4, storeBytes: () => 5, ready: () => true };
  const metrics = createMetrics(gauges, false);
  metrics.observe("commit", 0.004);
  metrics.countDecision("review", true);
  metrics.countDecision("approve", false);
  metrics.countProblem("conflict");
  metrics.observeBatch(16);
  metrics.countRepeats(2);
  metrics.countCommitFailure();
  const text = await metrics.registry.metrics();
  expect(text).toContain('assay_scoring_seconds_bucket{le="0.005",stage="commit"} 1');
  expect(text).toContain('assay_scoring_seconds_bucket{le="0.002",stage="commit"} 0');
  expect(text).toContain('assay_decisions_total{outcome="review",failed="true"} 1');
  expect(text).toContain('assay_problems_total{kind="conflict"} 1');
  expect(text).toContain("assay_batch_size_sum 16");
  expect(text).toContain("assay_queue_depth 3");
  expect(text).toContain("assay_feature_store_entities 4");
  expect(text).toContain("assay_feature_store_bytes 5");
  expect(text).toContain("assay_repeats_total 2");
  expect(text).toContain("assay_commit_failures_total 1");
  expect(text).toContain("assay_ready 1");
});

test("what was counted is told once, however often it is scraped, and grows from there", async () => {
  const metrics = createMetrics(
    { queueDepth: () => 0, storeSize: () => 0, storeBytes: () => 0, ready: () => true },
    false,
  );
  const scraped = (): Promise<string> => metrics.registry.metrics();
  metrics.countDecision("approve", false);
  metrics.countProblem("conflict");
  await scraped();
  expect(await scraped()).toContain('assay_decisions_total{outcome="approve",failed="false"} 1');
  metrics.countDecision("approve", false);
  metrics.countProblem("conflict");
  const text = await scraped();
  expect(text).toContain('assay_decisions_total{outcome="approve",failed="false"} 2');
  expect(text).toContain('assay_problems_total{kind="conflict"} 2');
});
